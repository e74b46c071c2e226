"""An index as one file: written once for a snapshot, then mapped into memory by every process that searches it.

```
magic · length of the directory · directory (JSON: name → type, offset, bytes) · sections, each at a multiple of 8
```
Sections are arrays of the machine's numbers; little-endian is asserted, as every machine we run on is.
"""

import json
import mmap
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, overload

import numpy as np

from shared.adapters.offline.bm25 import NOWHERE, BuiltPostings, Posting
from shared.adapters.offline.parts import Meanings, Parts, Place
from shared.kernel.vectors import DIMENSIONS
from shared.knowledge.models import Span

MAGIC = b"SCSIX05\n"
"""Ends in the format's number: another format, or other terms in it, is another file."""
POSTINGS = ("spans", "articles", "names", "span_shapes", "article_shapes", "name_shapes")
SHORT = 2**16
"""Documents whose numbers fit in two bytes."""
ARRAYS = {"starts": np.uint32, "groups": np.uint32, "languages": np.uint8}
MEANINGS = {"spans": np.int8, "wholes": np.int8, "titles": np.int8, "keys": np.uint64}


class NoIndexFile(ValueError):
    """The file is not one of ours, of another format, or cut short."""


def index_bytes(parts: Parts) -> bytes:
    """The file of those parts, whose postings were built here."""
    if sys.byteorder != "little":
        raise NotImplementedError("index files are little-endian")
    sections = _texts("places", [_record(place) for place in parts.places])
    sections |= {name: getattr(parts, name).tobytes() for name in ARRAYS}
    for name in POSTINGS:
        sections |= _postings(name, getattr(parts, name))
    if parts.meanings:
        sections |= {f"meanings.{name}": getattr(parts.meanings, name).tobytes() for name in MEANINGS}
    return _packed(sections)


def map_index(path: Path) -> Parts:
    """The parts in the file, mapped: nothing is read before it is searched. NoIndexFile."""
    with path.open("rb") as file:
        try:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:
            raise NoIndexFile from error
    sections = _unpacked(view)
    try:
        postings: dict[str, Any] = {name: MappedPostings(sections, name) for name in POSTINGS}
        arrays: dict[str, Any] = {name: np.frombuffer(sections[name], kind) for name, kind in ARRAYS.items()}
        return Parts(places=MappedPlaces(sections), meanings=_meanings(sections), **postings, **arrays)
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise NoIndexFile from error


class MappedTexts:
    """Texts one behind the other, with where each begins."""

    def __init__(self, sections: dict[str, memoryview], name: str) -> None:
        self._bytes = sections[f"{name}.bytes"]
        self._starts = sections[f"{name}.starts"]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return bytes(self._bytes[self._starts[number] : self._starts[number + 1]])


class MappedPostings:
    """Postings in a mapped file; a token is found by halving the sorted list of all."""

    def __init__(self, sections: dict[str, memoryview], name: str) -> None:
        self.size: int = sections[f"{name}.size"][0]
        self._tokens = MappedTexts(sections, f"{name}.tokens")
        self._starts = sections[f"{name}.starts"]
        self._numbers = sections[f"{name}.numbers"]
        self._impacts = sections[f"{name}.impacts"]
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, token: str) -> Posting:
        sought = token.encode()
        at = bisect_left(self._tokens, sought)
        if at == len(self._tokens) or self._tokens[at] != sought:
            return NOWHERE
        start, end = self._starts[at], self._starts[at + 1]
        return self._numbers[start:end], self._impacts[start:end]


class MappedPlaces(Sequence[Place]):
    """Spans in a mapped file."""

    def __init__(self, sections: dict[str, memoryview]) -> None:
        self._records = MappedTexts(sections, "places")
        # A question looks at some forty places several times each; reading one costs about 15 µs.
        self._read = lru_cache(maxsize=2048)(self._place)

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, number: int) -> Place: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Place]: ...
    def __getitem__(self, number: int | slice) -> Place | Sequence[Place]:
        if isinstance(number, slice):
            return [self[at] for at in range(*number.indices(len(self)))]
        return self._read(number)

    def _place(self, number: int) -> Place:
        values = json.loads(self._records[number])
        slug = values.pop("slug")
        return Place(Span(**values | {"headings": tuple(values["headings"])}), slug)


def _meanings(sections: dict[str, memoryview]) -> Meanings | None:
    if "meanings.spans" not in sections:
        return None
    found: dict[str, Any] = {}
    for name, kind in MEANINGS.items():
        flat = np.frombuffer(sections[f"meanings.{name}"], kind)
        found[name] = flat if name == "keys" else flat.reshape(-1, DIMENSIONS)
    return Meanings(**found)


def _record(place: Place) -> bytes:
    return json.dumps(asdict(place.span) | {"slug": place.slug}, ensure_ascii=False).encode()


def _postings(name: str, postings: Any) -> dict[str, bytes | array[Any]]:
    built: BuiltPostings = postings
    tokens = sorted(built.by_token, key=str.encode)
    # Half the file is numbers of documents, and two bytes are enough for most help centres.
    numbers, impacts, starts = array("H" if built.size <= SHORT else "I"), array("B"), array("Q", [0])
    for token in tokens:
        these, worth = built.by_token[token]
        numbers.extend(these.tolist())
        impacts.extend(worth)
        starts.append(len(numbers))
    return {
        f"{name}.size": array("Q", [built.size]),
        **_texts(f"{name}.tokens", [token.encode() for token in tokens]),
        f"{name}.starts": starts,
        f"{name}.numbers": numbers,
        f"{name}.impacts": impacts,
    }


def _texts(name: str, texts: list[bytes]) -> dict[str, bytes | array[Any]]:
    starts = array("Q", [0])
    for text in texts:
        starts.append(starts[-1] + len(text))
    return {f"{name}.bytes": b"".join(texts), f"{name}.starts": starts}


def _packed(sections: dict[str, bytes | array[Any]]) -> bytes:
    directory: dict[str, list[Any]] = {}
    body = bytearray()
    for name, section in sections.items():
        raw = section if isinstance(section, bytes) else section.tobytes()
        directory[name] = ["B" if isinstance(section, bytes) else section.typecode, len(body), len(raw)]
        body += raw + bytes(-len(raw) % 8)
    told = json.dumps(directory).encode()
    told += b" " * (-len(told) % 8)
    return MAGIC + len(told).to_bytes(8, "little") + told + bytes(body)


def _unpacked(view: memoryview) -> dict[str, memoryview]:
    if bytes(view[:8]) != MAGIC:
        raise NoIndexFile
    start = 16 + int.from_bytes(view[8:16], "little")
    try:
        directory = json.loads(bytes(view[16:start]))
        if start + max(at + size for _, at, size in directory.values()) > len(view):
            raise NoIndexFile
        return {name: view[start + at : start + at + size].cast(kind) for name, (kind, at, size) in directory.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise NoIndexFile from error
