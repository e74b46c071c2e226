"""A linear model of feelings over hashed grams: `weights/feelings.bin`, made by tests/evaluation/training."""

import math
import struct
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shared.adapters.offline.feeling_grams import BITS, buckets

FILE = Path(__file__).parent / "weights" / "feelings.bin"
HEAD = struct.Struct("<4sBffff")
"""Mark, bits, then scale and bias of the plane of polarity and of the plane of neutrality; little-endian."""
MARK = b"FEEL"


@dataclass(frozen=True, slots=True)
class Feeling:
    """Log-odds, both 0 where the text says nothing either way."""

    polarity: float
    """Above 0 for praise, below for blame."""
    neutrality: float
    """Above 0 for a plain question, request or statement."""


@dataclass(frozen=True, slots=True)
class _Plane:
    weights: "array[int]"
    scale: float
    bias: float

    def score(self, touched: list[int]) -> float:
        total = sum(map(self.weights.__getitem__, touched))
        return self.bias + self.scale * total / math.sqrt(max(len(touched), 1))


def felt(text: str) -> Feeling:
    """The same text gives the same numbers on every machine: integers are added up, one division follows."""
    polarity, neutrality = _planes()
    touched = buckets(text)
    # Pictures and marks alone have a table of their own.
    if not any(map(str.isalpha, text)):
        return Feeling(0.0, 0.0)
    return Feeling(polarity.score(touched), neutrality.score(touched))


@cache
def _planes() -> tuple[_Plane, _Plane]:
    packed = FILE.read_bytes()
    mark, bits, *numbers = HEAD.unpack_from(packed)
    if mark != MARK or bits != BITS:
        raise ValueError(f"{FILE.name} is of another model: make it anew")
    weights = array("b", zlib.decompress(packed[HEAD.size :]))
    half = 1 << BITS
    return _Plane(weights[:half], numbers[0], numbers[1]), _Plane(weights[half:], numbers[2], numbers[3])
