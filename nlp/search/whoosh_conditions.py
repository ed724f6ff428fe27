"""Which stories of a snapshot meet the conditions of a query, and the terms that a prefix or a fuzzy word is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nlp.search.bm25f import Mask
from nlp.search.language import Query
from nlp.search.needs import Need, Wanted, has_value
from nlp.search.snapshot import Snapshot
from nlp.search.suggestions import Lexicon
from nlp.search.whoosh_views import View
from nlp.search.whoosh_words import WordReader


class Conditions:
    """Answers for one request what a need means in this view."""

    def __init__(self, view: View, reader: WordReader) -> None:
        self._view = view
        self._reader = reader
        self._snapshot: Snapshot = view.snapshot

    def eligible(self, wanted: Wanted, query: Query, visible: Mask) -> Mask:
        """The visible stories that meet every condition of the query, filters aside."""
        eligible = visible
        for group in wanted.required:
            eligible = self.meeting(group, among=eligible)
        for need in wanted.excluded:
            eligible = eligible & ~self.meeting((need,), among=eligible)
        if query.fact is not None:
            eligible = eligible & self._view.facts().having(query.fact)
        for fact in query.excluded_facts:
            eligible = eligible & ~self._view.facts().having(fact)
        return eligible

    def meeting(self, group: Sequence[Need], *, among: Mask) -> Mask:
        """Which of these stories meet any need of the group."""
        met = np.zeros(len(among), dtype=bool)
        for need in group:
            met |= self._meeting(need, among & ~met)
        return met

    def expanded(self, need: Need) -> list[str]:
        """The terms of the index that a prefix or a fuzzy word stands for."""
        return expanded(need, self._view.lexicon(self._reader)) if need.prefixes or need.like else []

    def _meeting(self, need: Need, among: Mask) -> Mask:
        if need.prefixes or need.like:
            return self._reader.having_any(self.expanded(need), need.fields) & among
        met = np.zeros(len(among), dtype=bool)
        if need.pattern is not None:
            met |= self._reader.holding(need.pattern, among=among, fields=need.fields, window=need.window)
        if need.facet:
            column = self._snapshot.facets[need.facet]
            met |= among & column.accepted(lambda value: has_value(need, value), len(among))
        return met


def expanded(need: Need, lexicon: Lexicon) -> list[str]:
    """The terms of a lexicon that begin with one of the need's prefixes, or are like its word."""
    if need.prefixes:
        return lexicon.beginning_with(need.prefixes)
    return [need.like, *(term for _, term in lexicon.near(need.like, need.distance))]
