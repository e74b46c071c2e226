"""Handlers measured in processes of their own: cold by instructions or CPU time, warm by CPU time."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.performance import given

ROOT = Path(__file__).resolve().parents[2]
CHILD = str(Path(__file__).with_name("child.py"))
COLD_ROUNDS = 7
WARM_ROUNDS = 3
WARM_CALLS = 600
CALLS_FOR_MEMORY = 100


@dataclass
class Lambdas:
    """Runs handlers against the store at `endpoint`; `directory` holds the event."""

    endpoint: str
    directory: Path
    event: Path = field(init=False)

    def __post_init__(self) -> None:
        self.event = self.directory / "event.json"
        self.event.write_text(json.dumps(given.event()), encoding="utf-8")

    def answer(self, module: str, calls: int = 1, before: Sequence[str] = ()) -> dict[str, Any]:
        """What the child told of one call, or of many."""
        told: dict[str, Any] = json.loads(self._run(module, calls, before).stdout.splitlines()[-1])
        if told["status"] != 201:
            raise AssertionError(f"{module} answered {told['status']}")
        return told

    def cold(self, modules: Sequence[str]) -> tuple[str, dict[str, float]]:
        """The unit, and the cost of importing and answering once, by module."""
        for module in modules:
            # The run that is not counted writes the bytecode of everything imported.
            self.answer(module)
        if shutil.which("valgrind"):
            with ThreadPoolExecutor(2) as pool:
                return "M instructions", dict(zip(modules, pool.map(self._instructions, modules), strict=True))
        rounds = [{module: self._cpu_milliseconds(module) for module in modules} for _ in range(COLD_ROUNDS)]
        return "CPU ms", {module: median(each[module] for each in rounds) for module in modules}

    def warm(self, modules: Sequence[str]) -> dict[str, float]:
        """CPU µs of a warm call: the least of many batches of rounds in turn."""
        rounds = [{module: self.answer(module, WARM_CALLS)["micros"] for module in modules} for _ in range(WARM_ROUNDS)]
        return {module: min(min(each[module]) for each in rounds) for module in modules}

    def megabytes(self, module: str) -> float:
        """The most memory held during a start and 100 calls."""
        return float(self.answer(module, CALLS_FOR_MEMORY)["kilobytes"]) / 1024

    def _instructions(self, module: str) -> float:
        tool = ("valgrind", "--tool=cachegrind", "--cache-sim=no", f"--cachegrind-out-file={os.devnull}")
        found = re.search(r"I\s+refs:\s+([\d,]+)", self._run(module, 1, tool).stderr)
        if found is None:
            raise AssertionError("valgrind did not tell the instructions")
        return int(found[1].replace(",", "")) / 1e6

    def _cpu_milliseconds(self, module: str) -> float:
        before = _children()
        self._run(module, 1, ())
        return (_children() - before) * 1000

    def _run(self, module: str, calls: int, before: Sequence[str]) -> "subprocess.CompletedProcess[str]":
        command = [*before, sys.executable, CHILD, module, str(self.event), str(calls)]
        return subprocess.run(
            command, env=process_environment(self.endpoint), capture_output=True, text=True, check=True, cwd=ROOT
        )


def process_environment(endpoint: str) -> dict[str, str]:
    """A contender's whole environment: nothing of this machine's but where programs are."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), **given.environment(endpoint)}


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
