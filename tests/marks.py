"""Marks to hide in texts, and the search for them in every form a text can take on its way."""

import base64
import binascii
import gzip
import re
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

DEPTH = 3
"""Wrappings within wrappings that are taken off."""
WRAPPED = re.compile(rb"[A-Za-z0-9+/_-]{20,}={0,2}")
HAN = [chr(code) for code in range(0x4E00, 0x9F00)]


@dataclass(frozen=True, slots=True)
class Found:
    """Some bytes, and where they lie."""

    where: str
    held: bytes


def base64_forms(text: bytes) -> set[bytes]:
    """What is the same in every Base64 text that holds it, for each of the three places it can begin at."""
    forms = set()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + text)
        end = len(text) + before
        sure = whole[-(-before * 8 // 6) : end * 8 // 6]
        forms |= {sure, sure.replace(b"+", b"-").replace(b"/", b"_")}
    return forms


def escaped(text: str) -> str:
    """Every character as JSON escapes it."""
    return "".join(f"\\u{ord(character):04x}" for character in text)


FORMS: dict[str, Callable[[str], list[bytes]]] = {
    "UTF-8": lambda text: [text.encode()],
    "UTF-16": lambda text: [text.encode("utf-16-le"), text.encode("utf-16-be")],
    "JSON": lambda text: ["".join(c if c.isascii() else escaped(c) for c in text).encode()],
    "escapes": lambda text: [escaped(text).encode()],
    "bytes escaped": lambda text: ["".join(c if c.isascii() else repr(c.encode())[2:-1] for c in text).encode()],
    "address": lambda text: [quote(text).lower().encode()],
    "hex": lambda text: [text.encode().hex().encode()],
}


class Search:
    """Finds, in small letters or large, texts that begin with one of the stems."""

    def __init__(self, *stems: str) -> None:
        self._exact = {form: "base64" for stem in stems for form in base64_forms(stem.encode())}
        self._folded: dict[bytes, str] = {}
        for stem in stems:
            for name, make in FORMS.items():
                for form in make(stem):
                    self._folded.setdefault(form.lower(), name)

    def hits(self, found: Iterable[Found]) -> list[str]:
        """Where a stem stands, in which form, with what is around it."""
        known: dict[bytes, list[str]] = {}
        hits = []
        for each in found:
            if each.held not in known:
                known[each.held] = list(self._in(each.held, DEPTH))
            hits += [f"{each.where}: {hit}" for hit in known[each.held]]
        return hits

    def _in(self, held: bytes, depth: int) -> Iterator[str]:
        folded = held.lower()
        for text, forms in ((held, self._exact), (folded, self._folded)):
            for form, name in forms.items():
                at = text.find(form)
                if at >= 0:
                    yield f"{name} {held[max(0, at - 80) : at + 120]!r}"
        for inner in _unwrapped(held) if depth else ():
            yield from self._in(inner, depth - 1)


def _unwrapped(held: bytes) -> Iterator[bytes]:
    yield from _inflated(held)
    for run in WRAPPED.findall(held):
        plain = run.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        try:
            inner = base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except binascii.Error:
            continue
        yield inner


def _inflated(held: bytes) -> Iterator[bytes]:
    for begin, inflate in ((b"\x78", zlib.decompress), (b"\x1f\x8b", gzip.decompress)):
        if held.startswith(begin):
            try:
                yield inflate(held)
            except (zlib.error, OSError, EOFError):
                continue


@dataclass(frozen=True, slots=True)
class Mark:
    """A text no one else has; `owner` is whose text it is part of."""

    text: str
    owner: str


@dataclass
class Marks:
    """Makes marks with two stems of their own, of ASCII and of Chinese characters."""

    latin: str = field(default_factory=lambda: f"canary-{secrets.token_hex(5)}")
    chinese: str = field(default_factory=lambda: "金丝雀" + "".join(secrets.choice(HAN) for _ in range(4)))
    made: list[Mark] = field(default_factory=list)

    def new(self, owner: str, latin: bool = True) -> str:
        """A fresh one."""
        number = len(self.made)
        text = f"{self.latin}{number:04x}" if latin else f"{self.chinese}{HAN[number]}"
        self.made.append(Mark(text, owner))
        return text

    def search(self) -> Search:
        """For all of them."""
        return Search(self.latin, self.chinese)

    def within(self, text: str) -> list[Mark]:
        """Those that stand in the text as they are."""
        if self.latin not in text and self.chinese not in text:
            return []
        return [mark for mark in self.made if mark.text in text]
