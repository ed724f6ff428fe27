"""One pipeline out of two: tagger, parser and lemmatizer, and the recogniser with an encoder of its own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import spacy
from spacy.language import Language

NAME = "turnstone"
VERSION = "1.0.0"
KEPT_META = ("lang", "name", "version", "description", "license", "spacy_version", "pipeline", "components", "labels")


def assemble(syntax: Path, recogniser: Path | None, folder: Path) -> Language:
    """Put the two trained pipelines together and write the whole into `folder`."""
    whole = spacy.load(syntax)
    if recogniser is not None:
        # Its own encoder: names and grammar were learned from different texts.
        names = spacy.load(recogniser)
        names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
        whole.add_pipe("ner", source=names)
    whole.meta["name"] = NAME
    whole.meta["version"] = f"{VERSION}+{_digest(syntax, recogniser)}"
    whole.meta["description"] = "English for case studies from neighbourhoods; see README.md beside this file."
    whole.meta["license"] = "CC BY-SA 4.0"
    whole.meta["performance"] = {}
    whole.to_disk(folder)
    return whole


def _digest(*folders: Path | None) -> str:
    """Eight hexadecimal digits over the weights, so that two models never share a version."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("model")) if folder else ():
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
