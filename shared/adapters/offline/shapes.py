"""Pieces of words, which survive a slip of the keyboard: four letters of a word, two Chinese characters."""

import re
from itertools import pairwise

from shared.adapters.offline.text import normalise

_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff]+")
WIDTH = 4


def shapes(text: str) -> list[str]:
    """Every four letters of each word with its ends marked, and every two neighbouring Chinese characters."""
    found: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0] > "z":
            found += [left + right for left, right in pairwise(run)] or [run]
        else:
            marked = f"^{run}$"
            found += [marked[at : at + WIDTH] for at in range(max(1, len(marked) - WIDTH + 1))]
    return found
