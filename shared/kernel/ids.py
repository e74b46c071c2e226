"""Opaque prefixed ids that sort by time: `<prefix>_` and a ULID (48 bits of milliseconds, 80 random bits)."""

import os
import re
import time

# Crockford's base 32, https://www.crockford.com/base32.html, in lower case.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_PATTERN = r"^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$"
_SHAPE = re.compile(ID_PATTERN)


def encode(number: int, length: int) -> str:
    """`number` in Crockford's base 32, left-padded to `length` digits."""
    digits = []
    for _ in range(length):
        number, low = divmod(number, 32)
        digits.append(ALPHABET[low])
    return "".join(reversed(digits))


def make_id(prefix: str, milliseconds: int, entropy: bytes) -> str:
    """The id of that instant and those 10 bytes."""
    return f"{prefix}_{encode(milliseconds, 10)}{encode(int.from_bytes(entropy, 'big'), 16)}"


def new_id(prefix: str) -> str:
    """A fresh id from the machine's clock and randomness."""
    return make_id(prefix, time.time_ns() // 1_000_000, os.urandom(10))


def has_id_shape(text: str) -> bool:
    """Whether the text could be an id of ours."""
    return _SHAPE.fullmatch(text) is not None


def is_id(text: str, prefix: str) -> bool:
    """Whether the text has the shape of an id with that prefix."""
    return text.startswith(prefix + "_") and has_id_shape(text)
