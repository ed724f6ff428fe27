"""One pipeline out of two: tagger, parser and lemmatizer, and the recogniser with an encoder of its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import spacy
from spacy.language import Language

NAME = "turnstone"
VERSION = "1.1.0"


def assemble(syntax: Path, recogniser: Path | None, folder: Path) -> Language:
    """Put the two trained pipelines together and write the whole into `folder`."""
    whole = spacy.load(syntax)
    known = set(whole.vocab.strings)
    if recogniser is not None:
        names = spacy.load(recogniser)
        # Its own encoder: names and grammar were learned from different texts.
        names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
        whole.vocab.vectors = names.vocab.vectors
        whole.add_pipe("ner", source=names)
        known.update(names.pipe_labels["ner"])
    whole.meta["name"] = NAME
    whole.meta["version"] = f"{VERSION}+{_digest(syntax, recogniser)}"
    whole.meta["description"] = "English for case studies from neighbourhoods; see README.md beside this file."
    whole.meta["license"] = "CC BY-SA 4.0"
    whole.meta["performance"] = {}
    whole.to_disk(folder)
    # The words that names were learned from are not needed to recognise any: vectors are found by their hashes.
    (folder / "vocab" / "strings.json").write_text(json.dumps(sorted(known), indent=0), encoding="utf-8")
    return whole


def _digest(*folders: Path | None) -> str:
    """Eight hexadecimal digits over the weights, so that two models never share a version."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("model")) if folder else ():
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
