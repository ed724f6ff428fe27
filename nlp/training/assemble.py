"""One pipeline out of two: tagger, parser and lemmatizer, and the recogniser with an encoder of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from nlp.components.lemmas import TABLE_FILE
from nlp.training.slimming import slim, strings_needed

Lemmas = Mapping[str, Mapping[str, str]]

NAME = "turnstone"
VERSION = "1.2.0"


def assemble(syntax: Path, recogniser: Path | None, folder: Path, *, lemmas: Lemmas) -> Language:
    """Put the two trained pipelines and the table of lemmas together and write the whole into `folder`."""
    whole = spacy.load(syntax)
    slim(whole)
    if recogniser is not None:
        names = spacy.load(recogniser)
        # Its own encoder: names and grammar were learned from different texts.
        names.replace_listeners("tok2vec", "ner", ["model.tok2vec"])
        whole.vocab.vectors = names.vocab.vectors
        whole.add_pipe("ner", source=names)
    whole.meta["name"] = NAME
    table = json.dumps(lemmas, ensure_ascii=False, indent=0)
    cutting = cast(Tokenizer, whole.tokenizer).to_bytes(exclude=["vocab"])
    whole.meta["version"] = f"{VERSION}+{_digest(syntax, recogniser, also=cutting + table.encode())}"
    whole.meta["description"] = "English for case studies from neighbourhoods; see README.md beside this file."
    whole.meta["license"] = "CC BY-SA 4.0"
    whole.meta["performance"] = {}
    # Where the corpora lay on the machine that trained it means nothing elsewhere.
    whole.config["paths"] = dict.fromkeys(whole.config["paths"])
    whole.to_disk(folder)
    (folder / TABLE_FILE).write_text(table, encoding="utf-8")
    strings = json.dumps(sorted(strings_needed(whole)), indent=0)
    (folder / "vocab" / "strings.json").write_text(strings, encoding="utf-8")
    return whole


def _digest(*folders: Path | None, also: bytes) -> str:
    """Eight hexadecimal digits over the weights and `also`, so that two models never share a version."""
    digest = hashlib.sha256(also)
    for folder in folders:
        for path in sorted(folder.rglob("model")) if folder else ():
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
