"""Finds the phrases of a table in a text, the longest first, in Chinese and English alike."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.adapters.offline.text import atoms

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found at `atoms[start:end]`, with all values the table has for it."""

    start: int
    end: int
    values: tuple[T, ...]


class PhraseTable(Generic[T]):
    """Phrases by their first atom; English phrases match any inflection the stemmer knows."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._values: dict[tuple[str, ...], list[T]] = {}
        read: dict[str, tuple[str, ...]] = {}
        for phrase, value in entries:
            key = read.get(phrase) or read.setdefault(phrase, tuple(map(sys.intern, atoms(phrase))))
            if key:
                self._values.setdefault(key, []).append(value)
        lengths: dict[str, set[int]] = {}
        for key in self._values:
            lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def phrases(self) -> Iterable[tuple[str, ...]]:
        """Its phrases as atoms."""
        return self._values.keys()

    def find(self, pieces: list[str]) -> list[Match[T]]:
        """Matches from left to right, the longest at each place, none overlapping another."""
        found: list[Match[T]] = []
        at = 0
        while at < len(pieces):
            match = self._at(pieces, at)
            if match:
                found.append(match)
            at = match.end if match else at + 1
        return found

    def _at(self, pieces: list[str], start: int) -> Match[T] | None:
        for length in self._lengths.get(pieces[start], ()):
            key = tuple(pieces[start : start + length])
            values = self._values.get(key)
            if values:
                return Match(start, start + len(key), tuple(values))
        return None
