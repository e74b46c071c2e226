"""A port with faults in front of it, and the trace every call leaves."""

import hashlib
from collections.abc import Callable
from random import Random
from typing import Any

from shared.adapters.dynamodb.streams import PlaceLost
from shared.assistant.errors import ModelMisbehaved
from shared.kernel.errors import DomainError, Throttled, Unavailable
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Entry
from tests.simulation.faults import Faults, Kind
from tests.simulation.scheduler import Crash, Scheduler

CALL_TIMEOUT = 2.0
"""Seconds until a call that gets no answer is given up."""
SLOWEST = 45.0
"""Seconds: longer than a client waits, longer than a job stays invisible."""


class Trace:
    """SHA-256 over every port call with its outcome; the lines too when asked for."""

    def __init__(self, keep: bool = False) -> None:
        self._hash = hashlib.sha256()
        self.lines: list[str] | None = [] if keep else None
        self.calls = 0

    def note(self, line: str) -> None:
        """One call."""
        self.calls += 1
        self._hash.update(line.encode())
        if self.lines is not None:
            self.lines.append(line)

    @property
    def digest(self) -> str:
        """So far."""
        return self._hash.hexdigest()


class Port:
    """Stands in front of a twin: each verb named is a call over the network."""

    def __init__(
        self,
        name: str,
        target: Any,
        verbs: dict[str, tuple[Kind, ...]],
        *,
        sim: Scheduler,
        faults: Faults,
        trace: Trace,
        random: Random,
        unavailable: type[DomainError] = Unavailable,
        slowest: float = SLOWEST,
    ) -> None:
        self._name, self._target = name, target
        self._unavailable, self._slowest = unavailable, slowest
        self._sim, self._faults, self._trace, self._random = sim, faults, trace, random
        self._last: dict[str, Any] = {}
        for verb, kinds in verbs.items():
            setattr(self, verb, self._verb(verb, kinds, getattr(target, verb)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def _verb(self, verb: str, kinds: tuple[Kind, ...], method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            sim = self._sim
            sim.sleep(0.001 + 0.01 * self._random.random())
            task = sim.current
            fault = self._faults.choose(task, self._name, kinds, sim.now)
            outcome = "crash"
            try:
                result = self._met(verb, fault, lambda: method(*args, **kwargs))
                outcome = told(result)
            except DomainError as error:
                outcome = error.code
                raise
            finally:
                asked = ",".join(told(value) for value in (*args, *kwargs.values()))
                at = f"{sim.now:.6f} {task.name} {self._name}.{verb}({asked})"
                self._trace.note(f"{at} {fault.value if fault else '-'} -> {outcome}\n")
            return result

        return call

    def _met(self, verb: str, fault: Kind | None, call: Callable[[], Any]) -> Any:
        if fault is None:
            result = self._last[verb] = call()
            return result
        self._before(fault)
        if fault is Kind.MISS:
            return None
        if fault is Kind.STALE and verb in self._last:
            return self._last[verb]
        result = call()
        if fault is Kind.TWICE:
            again = getattr(self._target, f"{verb}_again", None)
            _ = again(result) if again else call()
        if fault is Kind.CRASH_AFTER:
            raise Crash
        if fault is Kind.AFTER:
            self._sim.sleep(CALL_TIMEOUT)
            raise self._unavailable
        return result

    def _before(self, fault: Kind) -> None:
        if fault is Kind.THROTTLE:
            raise Throttled
        if fault is Kind.CRASH_BEFORE:
            raise Crash
        if fault is Kind.LOST:
            raise PlaceLost
        if fault is Kind.GARBLED:
            raise ModelMisbehaved
        if fault is Kind.BEFORE:
            self._sim.sleep(CALL_TIMEOUT)
            raise self._unavailable
        if fault is Kind.SLOW:
            self._sim.sleep(self._slowest * self._faults.slowness())


def told(value: Any) -> str:
    """A value as the trace tells it: enough to notice any difference that matters, cheap to write."""
    teller = TELLERS.get(type(value))
    if teller is not None:
        return teller(value)
    named = getattr(value, "id", None) or getattr(value, "key", None)
    return str(named or type(value).__name__)


TELLERS: dict[type, Callable[[Any], str]] = {
    Written: lambda written: f"{written.entry.id}@{written.entry.seq}",
    Entry: lambda entry: f"{entry.id}@{entry.seq}",
    Ticket: lambda ticket: f"{ticket.id}v{ticket.version}",
    list: lambda values: f"[{len(values)}]",
    tuple: lambda values: f"[{len(values)}]",
    dict: lambda values: "{" + ",".join(f"{name}:{told(value)}" for name, value in values.items()) + "}",
    **dict.fromkeys((str, int, float, bool, type(None)), str),
}
