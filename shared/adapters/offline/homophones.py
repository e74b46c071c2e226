"""Reads characters that were typed by their sound as the phrase that sounds alike: 注消 as 注销, 固见 as 固件."""

from collections.abc import Iterable, Mapping

from shared.adapters.offline.text import is_han

LONGEST = 4
Phrase = tuple[str, ...]


class Homophones:
    """Known phrases of two to four characters by their syllables; who slips keeps at least half of the characters."""

    def __init__(self, phrases: Iterable[Phrase], syllables: Mapping[str, str]) -> None:
        self._syllables = syllables
        self._phrases: dict[Phrase, list[Phrase]] = {}
        for phrase in phrases:
            sounds = self._sounds(phrase) if 2 <= len(phrase) <= LONGEST else None
            if sounds:
                self._phrases.setdefault(sounds, []).append(phrase)

    def meant(self, pieces: list[str], known: set[int], words: set[int]) -> list[str]:
        """The pieces with slips put right; places `known` belong to no slip, and characters that are `words` stay."""
        found = list(pieces)
        at = 0
        while at < len(pieces):
            phrase = self._phrase_at(pieces, at, known, words)
            found[at : at + len(phrase)] = phrase
            at += len(phrase) or 1
        return found

    def _phrase_at(self, pieces: list[str], start: int, known: set[int], words: set[int]) -> Phrase:
        for end in range(min(start + LONGEST, len(pieces)), start + 1, -1):
            sounds = None if known.intersection(range(start, end)) else self._sounds(tuple(pieces[start:end]))
            typed = pieces[start:end]
            stay = [place - start for place in words.intersection(range(start, end))]
            alike = [
                (_kept(phrase, typed), phrase)
                for phrase in (self._phrases.get(sounds, ()) if sounds else ())
                if all(phrase[place] == typed[place] for place in stay)
            ]
            kept, phrase = max(alike, default=(0, ()))
            if 2 * kept >= end - start:
                return phrase
        return ()

    def _sounds(self, phrase: Phrase) -> Phrase | None:
        sounds = tuple(self._syllables.get(piece, "") for piece in phrase)
        return sounds if all(sounds) and all(map(is_han, phrase)) else None


def _kept(phrase: Phrase, typed: list[str]) -> int:
    return sum(one == other for one, other in zip(phrase, typed, strict=True))
