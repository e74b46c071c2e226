"""Data files beside the code, which a deployment may have packed."""

import gzip
from pathlib import Path


def read_packed(path: Path) -> str:
    """The text of the file, or of the one with `.gz` behind its name. FileNotFoundError."""
    packed = path.with_name(f"{path.name}.gz")
    return gzip.decompress(packed.read_bytes()).decode() if packed.exists() else path.read_text(encoding="utf-8")
