"""Megabytes of what is deployed."""

from pathlib import Path

from infra.code_asset import PLAIN, ROOT, WHOLE, stage_code

LAYERS = ROOT / ".build" / "layers"


def code_megabytes(directory: Path, engine: bool = False) -> float:
    """The code of functions with its bytecode, unzipped; of those that think with the engine."""
    return _megabytes(stage_code(directory, WHOLE if engine else PLAIN).path)


def layer_megabytes(name: str = "runtime") -> float | None:
    """That layer, None where `python -m layers.build` has not been run."""
    return _megabytes(LAYERS / name) if (LAYERS / name).is_dir() else None


def _megabytes(directory: Path) -> float:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 1024 / 1024
