"""What a process opens once and keeps: the search engine, the embedder, the reading pipeline."""

from __future__ import annotations

import threading
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from nlp.embedding import Embedder, open_embedder
from nlp.search import SearchEngine, open_engine
from nlp.types import Theme
from webapp.services.search import Finder
from webapp.settings import Settings

if TYPE_CHECKING:
    from nlp.pipeline import Pipeline


class Resources:
    """Opened on first use: a page that does not search never loads the embedder, nor the web the pipeline."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pipelines: dict[tuple[Theme, ...], Pipeline] = {}
        self.reading = threading.RLock()
        """Held by whoever reads texts: spaCy's pipelines are not made for two threads at once."""
        self.purged_on: date | None = None
        """The day on which this process last wrote the files anew that held what is gone (`webapp.purging`)."""

    @cached_property
    def embedder(self) -> Embedder:
        return open_embedder(self.settings.embedding, intra_op=self.settings.nlp_threads or None)

    @cached_property
    def engine(self) -> SearchEngine:
        return open_engine(self.settings.search)

    @property
    def finder(self) -> Finder:
        return Finder(engine=self.engine, embedder=self.embedder)

    def pipeline(self, codebook: tuple[Theme, ...]) -> Pipeline:
        """The pipeline for a codebook; the last one is kept, since a codebook seldom changes."""
        # Imported here, because the site has no use for spaCy and should not carry it.
        from nlp.pipeline import load_pipeline

        with self.reading:
            if codebook not in self._pipelines:
                self._pipelines = {
                    codebook: load_pipeline(self.settings.pipeline, embedder=self.embedder, codebook=codebook)
                }
            return self._pipelines[codebook]
