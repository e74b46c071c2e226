"""What can go wrong at a port call, and who decides that it does."""

from collections.abc import Mapping
from enum import Enum
from random import Random
from typing import Protocol

from tests.simulation.schedule import Schedule
from tests.simulation.scheduler import Task


class Kind(Enum):
    """One way a call goes wrong."""

    THROTTLE = "throttle"
    BEFORE = "timeout before the effect"
    AFTER = "timeout after the effect"
    CRASH_BEFORE = "crash before the effect"
    CRASH_AFTER = "crash after the effect"
    SLOW = "slow"
    TWICE = "twice"
    STALE = "stale"
    LOST = "place lost"
    MISS = "cache down"
    GARBLED = "garbled"


READ = (Kind.THROTTLE, Kind.BEFORE, Kind.CRASH_BEFORE, Kind.SLOW)
WRITE = (*READ, Kind.AFTER, Kind.CRASH_AFTER)
SEND = (*WRITE, Kind.TWICE)
INDEX = (*READ, Kind.STALE)
RECEIVE = (Kind.THROTTLE, Kind.CRASH_AFTER, Kind.TWICE, Kind.SLOW)
FETCH = (Kind.THROTTLE, Kind.BEFORE, Kind.CRASH_AFTER, Kind.LOST)
MODEL = (Kind.BEFORE, Kind.CRASH_BEFORE, Kind.SLOW, Kind.GARBLED)
CACHE = (Kind.MISS, Kind.SLOW)
PORTS = (
    "keys",
    "connections",
    "push",
    "key_service",
    "tickets",
    "commits",
    "receipts",
    "ai_turns",
    "activity",
    "model",
    "sessions",
    "places",
    "stream",
    "failures",
)
"""Those that may be out as a whole."""


class Faults(Protocol):
    """Decides at every port call."""

    def choose(self, task: Task, port: str, kinds: tuple[Kind, ...], now: float) -> Kind | None:
        """What goes wrong with the call, None for nothing."""

    def chance(self, most: float) -> bool:
        """Whether something of the network's goes wrong: a reply lost, a request delivered twice."""

    def slowness(self) -> float:
        """Of the longest a call can take, the share this one takes."""

    def stop(self) -> None:
        """Heal."""


class RandomFaults:
    """By a seed: a rate, a taste for some kinds, and outages of whole ports."""

    def __init__(self, schedule: Schedule, until: float, ports: tuple[str, ...] = PORTS) -> None:
        random = self._random = Random(f"{schedule.seed}/faults")
        self.rate = random.choice((0.0, 0.02, 0.05, 0.1, 0.2))
        self._weights = {kind: random.choice((0.0, 1.0, 1.0, 4.0)) for kind in Kind}
        self._outages = [self._outage(ports, until) for _ in range(random.choice((0, 0, 1, 2)) if self.rate else 0)]
        self._kept = schedule.kept
        self._on = True
        self.count = 0

    def _outage(self, ports: tuple[str, ...], until: float) -> tuple[str, float, float]:
        start = self._random.random() * until
        return self._random.choice(ports), start, start + self._random.choice((3.0, 20.0, until))

    @property
    def calm(self) -> bool:
        """Whether nothing at all goes wrong."""
        return self.rate == 0.0

    def choose(self, task: Task, port: str, kinds: tuple[Kind, ...], now: float) -> Kind | None:
        """By the rate, or because the port is out."""
        if not self._on:
            return None
        if any(name == port and start <= now < end for name, start, end in self._outages) and Kind.BEFORE in kinds:
            return self._let_through(Kind.BEFORE)
        if self._random.random() >= self.rate:
            return None
        weights = [self._weights[kind] for kind in kinds]
        return self._let_through(self._random.choices(kinds, weights)[0]) if any(weights) else None

    def chance(self, most: float) -> bool:
        """As often as the rate, at most `most`."""
        return self._on and self._random.random() < min(most, self.rate) and self._let_through(Kind.AFTER) is not None

    def slowness(self) -> float:
        """Mostly a little, at times for ever."""
        return self._random.random() ** 2

    def stop(self) -> None:
        """No more faults."""
        self._on = False

    def _let_through(self, kind: Kind) -> Kind | None:
        self.count += 1
        return kind if self._kept is None or self.count in self._kept else None


class PlannedFaults:
    """Named faults at named calls: the nth port call any task makes for an operation."""

    calm = False

    def __init__(self, plan: Mapping[tuple[str, int], Kind]) -> None:
        self._plan = dict(plan)
        self.calls: dict[str, list[tuple[Kind, ...]]] = {}
        """The kinds each call could have met, by operation."""
        self._on = True

    def choose(self, task: Task, port: str, kinds: tuple[Kind, ...], now: float) -> Kind | None:
        """By the plan."""
        if not self._on or not task.op:
            return None
        calls = self.calls.setdefault(task.op, [])
        calls.append(kinds)
        kind = self._plan.get((task.op, len(calls)))
        return kind if kind in kinds else None

    def chance(self, most: float) -> bool:
        """Never."""
        return False

    def slowness(self) -> float:
        """Longer than a client waits and a job stays invisible."""
        return 0.95

    def stop(self) -> None:
        """No more faults."""
        self._on = False
