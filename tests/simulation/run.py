"""`python -m tests.simulation.run --seed 1 --runs 20000 --jobs 2`: random schedules until one breaks a promise."""

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.simulation.running import Result, run
from tests.simulation.schedule import Schedule
from tests.simulation.shrinking import shrunk

SEEDS = Path(__file__).with_name("seeds.txt")
CHUNK = 50


def regression_schedules() -> list[Schedule]:
    """Those that failed once, shrunk, each with a word on why in the file."""
    lines = (line.partition("#")[0].strip() for line in SEEDS.read_text().splitlines())
    return [Schedule.parse(line) for line in lines if line]


def failures_of(seeds: range) -> tuple[int, list[Result]]:
    """How many port calls a range of seeds took, and which failed."""
    results = [run(Schedule.of(seed)) for seed in seeds]
    return sum(result.calls for result in results), [result for result in results if result.violations]


def chunks(first: int, count: int) -> Iterator[range]:
    """The seeds in parts."""
    for start in range(first, first + count, CHUNK):
        yield range(start, min(start + CHUNK, first + count))


def outcomes(first: int, count: int, jobs: int) -> Iterator[tuple[int, list[Result]]]:
    """Chunk by chunk, on one core or more."""
    if jobs == 1:
        yield from map(failures_of, chunks(first, count))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(failures_of, chunks(first, count))


def tell(result: Result) -> None:
    """A failure and the command that replays it."""
    for violation in result.violations:
        print(f"  {violation}")
    print(f"  replay: python -m tests.simulation.run --replay '{result.schedule.text}'")


def simulate(first: int, count: int, jobs: int, keep: bool) -> int:
    """The number of schedules that broke a promise."""
    started, calls, failed = time.monotonic(), 0, 0
    for chunk_calls, failures in outcomes(first, count, jobs):
        calls += chunk_calls
        for result in failures:
            failed += 1
            print(f"seed {result.schedule.seed}: {result.violations[0]}")
            small = shrunk(result) if failed <= 3 else result
            tell(small)
            if keep:
                with SEEDS.open("a") as file:
                    file.write(f"{small.schedule.text}  # {small.violations[0].partition(':')[0]}\n")
    took = time.monotonic() - started
    print(f"{count} schedules, {calls} port calls, {took:.1f} s, {count / took:.0f} schedules/s, {failed} violations")
    return failed


def replay(text: str, whole: bool) -> int:
    """One schedule again, with its trace if asked for."""
    result = run(Schedule.parse(text), keep_trace=whole)
    with suppress(BrokenPipeError):
        print("".join(result.lines), end="")
        print(f"{result.schedule.text}: {result.calls} port calls, {result.faults} faults, trace {result.digest}")
        tell(result) if result.violations else print("  every promise kept")
    return len(result.violations)


def main(arguments: Iterable[str]) -> int:
    """0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation.run", description=__doc__)
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED", "1")))
    parser.add_argument("--runs", type=int, default=int(os.environ.get("RUNS", "2000")))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="add failing schedules, shrunk, to seeds.txt")
    parser.add_argument("--replay", metavar="SCHEDULE", help="one schedule, as a failing run tells it")
    parser.add_argument("--digests", action="store_true", help="print the trace hash of every seed, judge nothing")
    parser.add_argument("--trace", action="store_true", help="with --replay: every port call")
    given = parser.parse_args(list(arguments))
    if given.replay:
        return min(1, replay(given.replay, given.trace))
    if given.digests:
        for seed in range(given.seed, given.seed + given.runs):
            print(seed, run(Schedule.of(seed)).digest)
        return 0
    return min(1, simulate(given.seed, given.runs, given.jobs, given.keep))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
