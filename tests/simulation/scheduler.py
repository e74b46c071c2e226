"""One thread, many greenlets, and a clock that is only a number: the same seed runs the same way every time."""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from greenlet import getcurrent, greenlet

from shared.adapters.memory.process import START


class Crash(BaseException):
    """The process this task ran in is gone; no `except Exception` of the product sees it."""


class Ended(BaseException):
    """The schedule is over; what still waits is let go."""


class Task:
    """Something that runs on its own: a request, a worker, a person. `op` names what single faults are aimed at."""

    __slots__ = ("calls", "ended", "greenlet", "name", "op", "skew", "ticket")

    def __init__(self, name: str, op: str, skew: float) -> None:
        self.name, self.op, self.skew = name, op, skew
        self.calls = 0
        self.ticket = 0
        self.ended = False
        self.greenlet: greenlet | None = None


class Scheduler:
    """Wakes tasks in the order of their virtual times; equal times in the order they were asked for."""

    def __init__(self) -> None:
        self.now = 0.0
        self.current = Task("main", "", 0.0)
        self.tasks: list[Task] = []
        self._heap: list[tuple[float, int, int, Task]] = []
        self._count = 0
        self._hub = getcurrent()
        self._over = False

    def spawn(self, name: str, work: Callable[[], None], op: str = "", skew: float = 0.0) -> Task:
        """Start a task now; a Crash ends it without a word."""
        task = Task(name, op, skew)

        def body() -> None:
            try:
                work()
            except (Crash, Ended):
                pass
            finally:
                task.ended = True

        task.greenlet = greenlet(body, self._hub)
        self.tasks.append(task)
        self.wake(task)
        return task

    def wake(self, task: Task, after: float = 0.0) -> None:
        """Let the task run at that time instead of the one it waits for."""
        self._count += 1
        task.ticket = self._count
        heapq.heappush(self._heap, (self.now + after, self._count, self._count, task))

    def sleep(self, seconds: float) -> None:
        """The current task waits; every other one may run in between."""
        if self._over:
            raise Ended
        self.wake(self.current, seconds)
        self._hub.switch()
        if self._over:
            raise Ended

    def run(self, until: Callable[[], bool], limit: float) -> bool:
        """Run until the condition holds; False when virtual time passed `limit` first."""
        while not until():
            if not self._heap or self._heap[0][0] > limit:
                self.now = limit
                return until()
            at, _, ticket, task = heapq.heappop(self._heap)
            if task.ended or ticket != task.ticket or task.greenlet is None:
                continue
            self.now = max(self.now, at)
            self.current = task
            task.greenlet.switch()
        return True

    def close(self) -> None:
        """End what is left."""
        self._over = True
        for task in self.tasks:
            if task.greenlet is not None and task.greenlet:
                task.greenlet.throw(Ended)


class Signal:
    """Wakes whoever waits for something new."""

    def __init__(self, sim: Scheduler) -> None:
        self._sim = sim
        self._waiting: list[Task] = []

    def wait(self, seconds: float) -> None:
        """Until told, or for that long."""
        task = self._sim.current
        self._waiting.append(task)
        self._sim.sleep(seconds)
        if task in self._waiting:
            self._waiting.remove(task)

    def tell(self) -> None:
        """There is something new."""
        waiting, self._waiting = self._waiting, []
        for task in waiting:
            if not task.ended:
                self._sim.wake(task)


class VirtualClock:
    """The Clock port: virtual time, off by the skew of the machine the task runs on."""

    def __init__(self, sim: Scheduler, exact: bool = False) -> None:
        self._sim = sim
        self._exact = exact

    def now(self) -> datetime:
        """Whole milliseconds."""
        return at(self._sim.now + (0.0 if self._exact else self._sim.current.skew))

    def sleep(self, seconds: float) -> None:
        """Others run meanwhile."""
        self._sim.sleep(seconds)


def at(seconds: float) -> datetime:
    """The instant that many virtual seconds after the start."""
    return START + timedelta(milliseconds=int(seconds * 1000))
