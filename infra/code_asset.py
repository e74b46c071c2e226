"""The code assets: our own code as bytecode, and the API's description; with and without the assistant's engine."""

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from infra.bytecode import VERSION, compile_alone, compiler

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("shared", "functions", "docs/openapi.json")
LEFT_OUT = {"__pycache__", ".DS_Store", "DATA_SHEET.md"}
CONTAINER_ONLY = ("functions/container", "shared/adapters/scripted")
"""No function imports them."""
TWINS = Path("shared/adapters/memory")
USED_TWINS = {"__init__", "cache", "limiter", "presence", "relay"}
"""Stand in for the cache; the other twins serve tests."""
DESCRIPTION = "openapi.json"
PLAIN, WHOLE = "code", "code-with-engine"
ENGINE = ("shared/adapters/offline", "shared/adapters/use", "shared/assistant/everyday.txt")
"""What only functions with the `ai` layer use; nobody else loads it."""
LIMITS = {PLAIN: 2 * 1024 * 1024, WHOLE: 3 * 1024 * 1024}
"""Bytes unzipped."""


class CodeTooLarge(ValueError):
    """The asset holds something it should not."""


@dataclass(frozen=True, slots=True)
class Package:
    """A directory for CDK to ship; `digest` names its content, so CDK need not read it again."""

    path: Path
    digest: str


def stage_code(output: Path, name: str, root: Path = ROOT) -> Package:
    """The package of that name in `output`, copied anew when a source changed: what is deployed is never older."""
    sources = [path for path in _sources(root) if name == WHOLE or not _is_engine(path.relative_to(root))]
    digest = _digest(root, sources)
    target, mark = output / name, output / f"{name}.stamp"
    if not (target.is_dir() and mark.is_file() and mark.read_text() == digest):
        mark.unlink(missing_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        for source in sources:
            copy = target / source.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            _copy(source, copy)
        compile_alone(target, "/var/task", compiler())
        mark.write_text(digest)
    _check_size(target, LIMITS[name])
    return Package(target, digest)


def _is_engine(path: Path) -> bool:
    return path.as_posix().startswith(ENGINE)


def _sources(root: Path) -> Iterator[Path]:
    for part in PARTS:
        found = [root / part] if (root / part).is_file() else sorted((root / part).rglob("*"))
        yield from (path for path in found if path.is_file() and _ships(path.relative_to(root)))


def _copy(source: Path, copy: Path) -> None:
    if source.suffix == ".json":
        # As it is served; for people the committed one has a field a line, twice the size.
        told = json.loads(source.read_text(encoding="utf-8"))
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        if source.name == DESCRIPTION:
            _pack(copy, text.encode())
        else:
            copy.write_text(text, encoding="utf-8")
    elif source.suffix == ".txt":
        _pack(copy, source.read_bytes())
    else:
        shutil.copyfile(source, copy)


def _pack(copy: Path, content: bytes) -> None:
    """Read back by `shared.kernel.packed`."""
    copy.with_name(f"{copy.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def _ships(path: Path) -> bool:
    twin = path.parent == TWINS and path.suffix == ".py" and path.stem not in USED_TWINS
    return not LEFT_OUT & set(path.parts) and not path.as_posix().startswith(CONTAINER_ONLY) and not twin


def _digest(root: Path, sources: list[Path]) -> str:
    digest = hashlib.sha256(f"{VERSION} alone {compiler() is not None}".encode())
    for source in sources:
        digest.update(f"\0{source.relative_to(root).as_posix()}\0".encode() + source.read_bytes())
    return digest.hexdigest()


def _check_size(target: Path, limit: int) -> None:
    size = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    if size > limit:
        raise CodeTooLarge(f"{size} bytes of code in {target.name}, {limit} allowed")
