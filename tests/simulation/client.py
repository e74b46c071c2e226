"""How a client that follows the protocol talks to the API: one key per request, kept until there is an answer."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from shared.identities.caller import Caller
from shared.kernel.errors import DomainError, ErrorKind
from shared.kernel.idempotency import Once
from shared.tickets.ticket import Ticket
from tests.simulation.journal import Asked, Command
from tests.simulation.scheduler import Crash, Signal

PATIENCE = 29.0
"""Seconds a client waits for a reply."""
AGAIN = frozenset({ErrorKind.UNAVAILABLE, ErrorKind.RATE_LIMITED, ErrorKind.INTERNAL})
OLD_NEWS = frozenset({"stale_version", "write_contention", "version_conflict"})


def fingerprint(op: str, content: str, who: str) -> str:
    """What names a request without telling it."""
    return hashlib.sha256(f"{op}/{content}/{who}".encode()).hexdigest()


@dataclass
class Reply:
    """What came back: a value, an error, or after a while nothing."""

    value: Any = None
    error: DomainError | None = None
    came: bool = False

    @property
    def answered(self) -> bool:
        """Whether the client knows what became of its request."""
        retry = self.error is not None and (self.error.kind in AGAIN or self.error.code == "write_contention")
        return self.came and not retry


class Client:
    """One person's program."""

    def __init__(self, world: Any, name: str, caller: Caller) -> None:
        self.world, self.name, self.caller = world, name, caller
        self.random = world.stream_of(f"client/{name}")
        self.count = 0

    def pause(self, longest: float) -> None:
        """People take their time."""
        self.world.sim.sleep(longest * self.random.random())

    def send(self, op: str, work: Callable[[], Any]) -> Reply:
        """One HTTP request: it may die, take for ever, be delivered twice, or lose its reply."""
        reply, signal = Reply(), Signal(self.world.sim)

        def serve(box: Reply) -> None:
            self.world.sim.sleep(0.002 + 0.02 * self.random.random())
            try:
                box.value = work()
            except DomainError as error:
                box.error = error
            except Crash:
                return
            except Exception as error:  # noqa: BLE001 - whatever is raised here would be a 500
                self.world.journal.violated("no unhandled error", f"{op}: {type(error).__name__}: {error}")
                return
            box.came = True
            signal.tell()

        self.world.request(f"{self.name}/{op}", lambda: serve(reply), op)
        if self.world.faults.chance(0.05):
            self.world.request(f"{self.name}/{op}/twin", lambda: serve(Reply()), op)
        signal.wait(PATIENCE)
        return Reply() if self.world.faults.chance(0.05) else reply

    def answer_to(self, op: str, work: Callable[[], Any]) -> Reply:
        """Sent again until there is an answer."""
        for attempt in range(200):
            reply = self.send(op, work)
            if reply.answered:
                return reply
            self.pause(min(8.0, 0.2 * 2.0 ** min(attempt, 8)))
        return Reply()

    def once(self, op: str, content: str, work: Callable[[Once], Any], after_seq: int | None = None) -> Any:
        """A request under a key of its own: its value, or None when it was refused."""
        self.count += 1
        # Keys are the client's own choice, so two people may well choose the same.
        once = Once(self.caller.id, f"key-{self.count}", fingerprint(op, content, self.name))
        asked = Asked(self.name, op, once.key, content, lambda: work(once), after_seq=after_seq)
        self.world.journal.asked.append(asked)
        reply = self.answer_to(op, lambda: self.world.keyed(work, once))
        if reply.error is not None:
            asked.refused = reply.error.code
        asked.value = reply.value
        return reply.value

    def command(self, op: str, event: str, ticket_id: str, act: Callable[[Ticket], Any]) -> bool:
        """A change under If-Match: after a lost reply the client reads what happened, and only then tries again."""
        record = Command(self.caller.id, ticket_id, event)
        seen: int | None = None
        for _ in range(60):
            ticket = self.answer_to("read", lambda: self.world.queries.get(ticket_id, self.caller)).value
            if ticket is None:
                return False
            if seen is None:
                seen = ticket.seq
                self.world.journal.commands.append(record)
            elif self._happened(ticket_id, seen, event):
                record.acknowledged = True
                return True
            reply = self.send(op, partial(act, ticket))
            record.acknowledged = reply.answered and reply.error is None
            if reply.answered and (reply.error is None or reply.error.code not in OLD_NEWS):
                return record.acknowledged
            self.pause(2.0)
        return False

    def _happened(self, ticket_id: str, since: int, event: str) -> bool:
        read = self.answer_to("read", lambda: self.world.timeline.entries(ticket_id, since, 200, self.caller))
        return any(entry.event == event and entry.author.id == self.caller.id for entry in read.value.items)
