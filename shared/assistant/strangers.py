"""Finds words in a reply that neither everyday speech, nor the customer, nor an article brought.

A reply that was taken over by someone's instructions has to carry something from elsewhere: a name, a code, a secret in
disguise. What a reply may bring itself is everyday words; the rest must stand in what the customer or an article says.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from shared.assistant.lexical import STOPWORDS, stem
from shared.kernel.packed import read_packed

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһոԛԝѵɡοαερτυιкмнвтΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aeopcyxijsdhnqwvgoaeptuikmhbtABEZHIKMNOPTYX"
)
"""Cyrillic, Greek and other letters that read as Latin ones (Unicode TR 39 calls them confusables)."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’.+@-]*[\w+])?|\d[\w.-]*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_LETTERS = re.compile(r"(?<![^\W_])[^\W_](?:[\s.,;:_*/|·•–-]{1,3}[^\W_](?![^\W_])){3,}")
"""Letters or digits one by one, as a word is spelled."""
_SIGNS = re.compile(r"(?:[.\-–—_·•*/|\\~^]\s?){10,}")
"""Marks that stand for letters, as in Morse."""
_RULE = re.compile(r"^[|:\s]*(?:([-–—=*_.])\1{2,}[|:\s]*)+$", re.MULTILINE)
"""A ruled line or the rule of a table."""
LONGEST = 24
"""Letters of a word; a longer one is no word of either language."""


def strange_words(text: str, known: str) -> list[str]:
    """The words of the text that are not everyday and do not stand in `known`; Chinese by the character."""
    words, characters = _everyday()
    there = _known(known)
    found: list[str] = []
    for word in _words(text):
        if _HAN.fullmatch(word):
            if word not in characters and word not in there:
                found.append(word)
        elif not _common(word, words) and not _in(word, there):
            found.append(word)
    return found


def spelled_out(text: str, known: str) -> bool:
    """Whether something stands letter by letter, or in signs for letters, that does not stand so in `known`."""
    plain, there = _RULE.sub(" ", fold(text)), fold(known)
    return any(found.strip() not in there for pattern in (_LETTERS, _SIGNS) for found in pattern.findall(plain))


def foreign_letters(text: str, known: str) -> bool:
    """Whether letters of other scripts than Latin and Chinese stand in the text but not in `known`."""
    return any(_foreign(letter) and letter not in known for letter in text)


def fold(text: str) -> str:
    """NFKC without accents, lower case, look-alike letters as the Latin ones they read as."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).translate(_LOOKALIKES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()


def _foreign(letter: str) -> bool:
    if "\u2800" <= letter <= "\u28ff" or "\U0001f100" <= letter <= "\U0001f1ff" or "\u2460" <= letter <= "\u24ff":
        return True
    if not letter.isalpha() or letter.isascii() or _HAN.match(letter):
        return False
    script = unicodedata.name(letter, "?").split()[0]
    return script not in ("LATIN", "CJK", "FEMININE", "MASCULINE")


def _words(text: str) -> list[str]:
    found: list[str] = []
    for run in _RUN.findall(fold(text)):
        # Numbers are for `figures`; digits and letters together are a code.
        found += run if _HAN.match(run) else [word for word in _WORD.findall(run) if not word.strip(".-_").isdigit()]
    return found


def _common(word: str, words: frozenset[str]) -> bool:
    # A dot within a word makes an address or a file of it; `e.g.` and `a.m.` have letters alone.
    if len(word) > LONGEST or re.search(r"\w\w\.\w|\w\.\w\w", word):
        return False
    parts = [part for part in re.split(r"['’.-]+", word) if part]
    return all(len(part) == 1 or part in STOPWORDS or part in words or stem(part) in words for part in parts)


def _in(word: str, there: frozenset[str]) -> bool:
    return word in there or stem(word) in there


@cache
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    words, characters = read_packed(Path(__file__).parent / "everyday.txt").splitlines()
    listed = words.split()
    return frozenset([*listed, *map(stem, listed)]), frozenset(characters)


@lru_cache(maxsize=4)
def _known(text: str) -> frozenset[str]:
    words = _words(text)
    parts = [part for word in words for part in re.split(r"['’.@-]+", word)]
    return frozenset([*words, *parts, *map(stem, [*words, *parts])])
