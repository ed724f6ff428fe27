"""Files that people send, kept under the digest of their bytes: the same file twice is kept once."""

import hashlib
import os
from pathlib import Path

from webapp.errors import NotFound


def keep(folder: Path, content: bytes) -> str:
    """Keep the bytes and give their SHA-256; they appear whole or not at all."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(folder, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(path)
    return digest


def read(folder: Path, digest: str) -> bytes:
    """The bytes of a digest; NotFound if they are not in the store."""
    if not is_kept(folder, digest):
        raise NotFound(f"The file {digest[:12]}… is missing from the media store {folder}. Restore a backup of it.")
    return _path(folder, digest).read_bytes()


def is_kept(folder: Path, digest: str) -> bool:
    """Are the bytes of a digest in the store?"""
    return _path(folder, digest).is_file()


def drop(folder: Path, digest: str) -> None:
    """Delete the bytes of a digest; nothing if they are gone already."""
    _path(folder, digest).unlink(missing_ok=True)


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest
