"""Which characters of a text are already spoken for, asked in time that does not grow with what was found."""

from __future__ import annotations


class Coverage:
    """One mark a character; findings take stretches that must not overlap."""

    def __init__(self, n_characters: int) -> None:
        """Nothing is taken yet."""
        self._marks = bytearray(n_characters)

    def is_free(self, start: int, end: int) -> bool:
        """Has nobody taken any of [start, end)?"""
        return self._marks.find(1, start, end) < 0

    def take(self, start: int, end: int) -> None:
        """Mark [start, end) as taken."""
        self._marks[start:end] = b"\x01" * (end - start)
