"""Figures against their budgets, as the page `docs/benchmarks.md` and back."""

import re
from dataclasses import dataclass

COLD = "cold `create_ticket` / the usual peer"
HEAD = """# Benchmarks

Written by `make bench` (`python -m tests.performance.bench`); the budgets are the project's own.

{machine}

| what | unit | ours | peer | ours / peer | budget | |
|---|---|---|---|---|---|---|
"""
NOTES = """
How it is measured: every handler is given the same API Gateway event with the same signed token, checks it (EdDSA;
the peers by PyJWT) with a key it reads from the store, takes from a token bucket in the process (no cache for anyone),
validates the same body, writes the same three items in one TransactWriteItems and answers the same fields. The store is
a process on loopback that answers DynamoDB's protocol with fixed rows; it is never on anyone's account. The peers stand
in `tests/performance/peers` and use boto3 and their framework as their documentation shows.

- **Cold**: a fresh process imports the handler and answers once, bytecode compiled. Under valgrind the unit is
  instructions (`--tool=cachegrind --cache-sim=no`), which a busy machine does not change; without it CPU time, medians
  of runs in turn. **The usual peer** is Powertools' resolver with validation, boto3, Logger, Metrics and a Tracer that
  is off.
- **Warm**: CPU µs of a call, the least of 30 batches in 3 rounds in turn.
- **Container**: requests answered in a second of the server's own CPU time, 4 kept-alive clients, medians of 5 rounds
  in turn, against a stock FastAPI app under uvicorn that does the same work with boto3 and the same models.
- **Store calls** are counted where the adapter leaves for DynamoDB, over moto.
- **Memory** is the most a process of the function held during its start and 100 calls.

`python -m tests.performance.bench --check` fails when our cold start grew by more than 5 % in terms of the usual
peer's.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. The budget bounds ours / peer, or ours where there is no peer."""

    what: str
    unit: str
    ours: float
    peer: float | None = None
    budget: str = ""
    """`≤ 0.80`, `≥ 0.8`, or nothing where a figure is only told."""

    @property
    def ratio(self) -> float | None:
        """Ours in terms of the peer's."""
        return None if self.peer is None else self.ours / self.peer

    @property
    def kept(self) -> bool:
        """Whether the budget holds."""
        if not self.budget:
            return True
        sign, bound = self.budget.split()
        value = self.ours if self.ratio is None else self.ratio
        return value <= float(bound) if sign == "≤" else value >= float(bound)

    def line(self) -> str:
        """The row of the table."""
        mark = ("kept" if self.kept else "**missed**") if self.budget else ""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        peer = "" if self.peer is None else _number(self.peer)
        return f"| {self.what} | {self.unit} | {_number(self.ours)} | {peer} | {ratio} | {self.budget} | {mark} |"


def page(figures: list[Figure], machine: str) -> str:
    """The whole page."""
    return HEAD.format(machine=machine) + "\n".join(figure.line() for figure in figures) + "\n" + NOTES


def committed_ratio(text: str, what: str = COLD) -> float | None:
    """The ratio a page tells of a line that was measured in instructions; None where it was not."""
    found = re.search(rf"^\| {re.escape(what)} \| M instructions \| .*? \| .*? \| ([\d.]+) \|", text, re.MULTILINE)
    return float(found[1]) if found else None


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
