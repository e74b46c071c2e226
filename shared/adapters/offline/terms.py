"""Reads a text as terms and leftovers, so that other words, and the other language, can mean the same."""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from shared.adapters.offline.homophones import Homophones
from shared.adapters.offline.lexicons import Entry, entries, other_words, syllables
from shared.adapters.offline.phrases import Match, PhraseTable
from shared.adapters.offline.spelling import Speller
from shared.adapters.offline.text import BREAK, atoms, grams, is_han

STOP = "stop"
_PHRASE_WEIGHT = 1.5
"""All terms of a phrase together: it says not much more than a word, however many lists have it."""
_TYPED_WEIGHT = 0.3
"""What was typed where something else was meant: it may be a name after all."""
_PAIR_WEIGHT = 0.8
_SINGLE_WEIGHT = 0.3
"""A lone Chinese character says little, and pairs overlap: a run of n characters weighs about n/2 words."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing a text speaks of: a term, or a word that stands in no list."""

    token: str
    """`=refund` for a term of the table, else the word or pair itself."""
    weight: float
    surface: tuple[str, ...] = ()
    """For a term the words that named it, which tell equal terms apart by wording."""

    @property
    def is_term(self) -> bool:
        """Whether the unit means the same in both languages."""
        return self.token.startswith("=")


@cache
def _table() -> PhraseTable[Entry]:
    return PhraseTable((entry.phrase, entry) for entry in entries("terms"))


@cache
def _speller() -> Speller:
    return Speller(chain.from_iterable(_table().phrases()), other_words())


@cache
def _homophones() -> Homophones:
    return Homophones(_table().phrases(), syllables())


@cache
def _other_words() -> PhraseTable[str]:
    return PhraseTable((word, word) for word in other_words())


def _meant(typed: list[str]) -> list[str]:
    """The pieces with slips put right, as many as before; a character within a word, or one to lose, is no slip."""
    pieces = [_spelt(piece) for piece in typed]
    known: set[int] = set()
    words: set[int] = set()
    for match in _table().find(pieces):
        fixed = match.end - match.start > 1 or not _terms(match)
        (known if fixed else words).update(range(match.start, match.end))
    for word in _other_words().find(pieces):
        known.update(range(word.start, word.end))
    return _homophones().meant(pieces, known, words)


@lru_cache(maxsize=20_000)
def _spelt(piece: str) -> str:
    return _speller().meant(piece)


def units(text: str) -> list[Unit]:
    """What the text speaks of, once each, in order; words that carry no meaning are left out."""
    typed = atoms(text)
    pieces = _meant(typed)
    found: dict[str, Unit] = {}
    at = 0
    for match in _table().find(pieces):
        for unit in _leftovers(pieces[at : match.start]):
            found.setdefault(unit.token, unit)
        surface = _surface(pieces[match.start : match.end])
        for token, weight in _terms(match).items():
            if token not in found or found[token].weight < weight:
                found[token] = Unit(token, weight, surface)
        at = match.end
    for unit in _leftovers(pieces[at:]):
        found.setdefault(unit.token, unit)
    for piece, meant in zip(typed, pieces, strict=True):
        if piece != meant:
            found.setdefault(piece, Unit(piece, _TYPED_WEIGHT))
    return list(found.values())


def index_tokens(text: str) -> list[str]:
    """Everything a text can be found by: its words, pairs and terms."""
    pieces = atoms(text)
    terms = [token for match in _table().find(pieces) for token in _terms(match)]
    return grams(pieces) + terms


def _terms(match: Match[Entry]) -> dict[str, float]:
    """What the phrase names, and how strongly."""
    weights: dict[str, float] = {}
    for entry in match.values:
        if entry.label != STOP:
            token = "=" + entry.label
            weights[token] = max(weights.get(token, 0.0), entry.weight)
    share = min(1.0, _PHRASE_WEIGHT / sum(weights.values())) if weights else 1.0
    return {token: share * weight for token, weight in weights.items()}


def _surface(pieces: list[str]) -> tuple[str, ...]:
    """The wording of a phrase, without the characters of its pairs: they stand everywhere and tell little."""
    found = tuple(gram for gram in grams(pieces) if len(gram) > 1 or not is_han(gram))
    return found or tuple(pieces)


def _leftovers(pieces: list[str]) -> list[Unit]:
    found: list[Unit] = []
    for at, piece in enumerate(pieces):
        if piece == BREAK:
            continue
        if not is_han(piece):
            found.append(Unit(piece, 1.0))
            continue
        after = at + 1 < len(pieces) and is_han(pieces[at + 1])
        before = at > 0 and is_han(pieces[at - 1])
        if after:
            found.append(Unit(piece + pieces[at + 1], _PAIR_WEIGHT))
        elif not before:
            found.append(Unit(piece, _SINGLE_WEIGHT))
    return found
