"""Measures us against two peers: `python -m tests.performance.bench [--short | --check] [--note TEXT]`.

Without a flag all of it, written to docs/benchmarks.md (about 10 minutes). `--short`: the cold ratio only, nothing
written. `--check`: the same, compared with the committed page. Exit status 1 when a budget is missed.
"""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.performance import given, searching, store_calls
from tests.performance.containers import requests_per_cpu_second
from tests.performance.contenders import FASTAPI, NAMES, OURS, PLAIN, USUAL
from tests.performance.lambdas import ROOT, Lambdas
from tests.performance.report import COLD, Figure, committed_ratio, page
from tests.performance.sizes import code_megabytes, layer_megabytes
from tests.performance.store import running_store

PAGE = ROOT / "docs" / "benchmarks.md"
ALLOWED_GROWTH = 1.05
CALLS_ALLOWED = {"post a message": 2}


def main() -> int:
    """Measure, tell, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="the cold ratio only")
    parser.add_argument("--check", action="store_true", help="the cold ratio only, compared with docs/benchmarks.md")
    parser.add_argument("--note", default="", help="words for the page, such as a date or a version")
    asked = parser.parse_args()
    with lambdas() as measured:
        found = cold(measured, [OURS, USUAL]) if asked.short or asked.check else everything(measured)
        figures = [_told(figure) for figure in found]
    if asked.check and not _as_committed(figures[0]):
        return 1
    if not (asked.short or asked.check):
        PAGE.write_text(page(figures, _machine(asked.note)), encoding="utf-8")
    return 0 if all(figure.kept for figure in figures) else 1


@contextmanager
def lambdas() -> Iterator[Lambdas]:
    """Handlers with a store that runs for the block."""
    with tempfile.TemporaryDirectory() as directory, running_store(given.stored()) as endpoint:
        yield Lambdas(endpoint, Path(directory))


def everything(measured: Lambdas) -> Iterator[Figure]:
    """Every figure."""
    yield from cold(measured, [OURS, USUAL, FASTAPI])
    yield from warm(measured)
    yield from container(measured)
    yield from calls()
    yield Figure("memory of `create_ticket` after 100 calls", "MB", measured.megabytes(OURS), budget="≤ 130")
    yield from sizes(measured.directory)
    yield from searching.figures()


def cold(measured: Lambdas, modules: list[str]) -> Iterator[Figure]:
    """Import and first call."""
    unit, costs = measured.cold(modules)
    yield Figure(COLD, unit, costs[OURS], costs[USUAL], "≤ 0.80")
    for peer in modules[2:]:
        yield Figure(f"cold `create_ticket` / {NAMES[peer]}", unit, costs[OURS], costs[peer])


def warm(measured: Lambdas) -> Iterator[Figure]:
    """Calls after the first."""
    costs = measured.warm([OURS, PLAIN, USUAL, FASTAPI])
    for peer, budget in ((PLAIN, "≤ 1.5"), (USUAL, ""), (FASTAPI, "")):
        yield Figure(f"warm `create_ticket` / {NAMES[peer]}", "CPU µs", costs[OURS], costs[peer], budget)


def container(measured: Lambdas) -> Iterator[Figure]:
    """The server against a stock one."""
    for name, (ours, peer) in requests_per_cpu_second(measured.endpoint).items():
        yield Figure(f"container, {name} / stock FastAPI + boto3", "requests / CPU s", ours, peer, "≥ 0.8")


def calls() -> Iterator[Figure]:
    """How often operations go to the store."""
    os.environ.update(store_calls.ENVIRONMENT)
    os.environ.pop("AWS_ENDPOINT_URL", None)
    for name, operations in store_calls.counted().items():
        what = f"store calls: {name} ({' + '.join(operations)})"
        yield Figure(what, "calls", len(operations), budget=f"≤ {CALLS_ALLOWED.get(name, 1)}")


def sizes(directory: Path) -> Iterator[Figure]:
    """What is deployed."""
    yield Figure("code asset, unzipped, with bytecode", "MB", code_megabytes(directory), budget="≤ 2")
    yield Figure("code asset with the assistant's engine", "MB", code_megabytes(directory, engine=True), budget="≤ 3")
    layer = layer_megabytes()
    if layer is not None:
        yield Figure("runtime layer, unzipped, with bytecode", "MB", layer, budget="≤ 60")
    ai = layer_megabytes("ai")
    if layer is not None and ai is not None:
        yield Figure("both layers of an AI function", "MB", layer + ai, budget="≤ 168")


def _told(figure: Figure) -> Figure:
    print(figure.line(), flush=True)
    return figure


def _as_committed(figure: Figure) -> bool:
    known = committed_ratio(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else None
    if known is None or figure.ratio is None or figure.unit != "M instructions":
        print("not compared: instructions are needed on both sides (valgrind)")
        return True
    grown = figure.ratio / known
    print(f"{grown:.3f} of the committed cold start ({ALLOWED_GROWTH:.2f} allowed)")
    return grown <= ALLOWED_GROWTH


def _machine(note: str) -> str:
    said = f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
    return f"{said}, shared with other work. {note}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
