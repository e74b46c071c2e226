"""What the model of feelings sees of a text: runs of Chinese characters, English words, and what a `not` reaches."""

import re
import zlib

from shared.adapters.offline.text import is_han, normalise

BITS = 16
"""2 to this many weights a plane; two grams that share one are added up, which training has seen as well."""
REACH = 4
"""English words behind a `not` that are read as denied; a Chinese denial stands inside its gram."""
ROOT = 5
"""Letters that stand for a longer word, whatever its ending."""
MOST = 3000
"""Grams looked at; what follows would cost time and change nothing."""
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"[{_HAN}]+|[a-z]+(?:'[a-z]+)?|[0-9]+|[^\w\s]")
_BARE_NOT = re.compile(r"(?:ca|do|does|did|wo|is|was|are|could|would|should|have|has|had|ai)n'?t")
_NOT = frozenset(("not", "no", "never", "without", "hardly", "barely", "cannot", "neither", "nor", "nothing"))


def buckets(text: str) -> list[int]:
    """The numbers of the weights a text touches, each once, in ascending order."""
    mask = (1 << BITS) - 1
    return sorted({zlib.crc32(gram.encode()) & mask for gram in grams(text)})


def grams(text: str) -> set[str]:
    """Chinese runs of one to three characters; English words, pairs and roots, `!` before a denied one."""
    found: set[str] = set()
    before, denied = "^", 0
    for match in _PIECE.finditer(normalise(text)):
        piece = match.group()
        if is_han(piece[0]):
            found.update(_runs(piece))
            before, denied = "^", 0
        elif piece[0].isascii() and piece[0].isalpha():
            found.add(f"{before}_{piece}")
            if piece in _NOT or _BARE_NOT.fullmatch(piece):
                found.add(f"w:{piece}")
                denied = REACH
            else:
                found.update(_word(piece, "!" if denied > 0 else ""))
                denied -= 1
            before = piece
        else:
            found.add("#" if piece.isdigit() else f"c:{piece}")
            before, denied = "^", 0
        if len(found) > MOST:
            break
    return found


def _runs(piece: str) -> list[str]:
    runs = [piece[at : at + size] for size in (1, 2, 3) for at in range(len(piece) - size + 1)]
    return [*runs, f"^{piece[:2]}", f"{piece[-2:]}$"]


def _word(word: str, mark: str) -> list[str]:
    return [f"w:{mark}{word}", f"p:{mark}{word[:ROOT]}"] if len(word) > ROOT else [f"w:{mark}{word}"]
