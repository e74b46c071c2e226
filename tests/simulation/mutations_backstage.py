"""More bugs put in on purpose: in the stream's consumer, the queue's worker and the sweeper."""

from typing import Any

from shared.adapters.dynamodb.shard_reader import Patience, ShardReader
from shared.consuming.handlers import Handler
from shared.insights.models import Activity
from shared.kernel.errors import DomainError, Unavailable
from shared.messages.fanout import Fanout
from shared.tickets.timeline import Entry
from tests.builders import Followed, Screens, Told
from tests.simulation.backstage import Queue
from tests.simulation.mutations import bug
from tests.simulation.world import SETTLE, World


class OtherFanout(Fanout):
    """With the parts at hand."""

    def __init__(self, world: World, settle: int = SETTLE) -> None:
        world.hooks.on = False  # what these leave out is to be noticed by its own promise
        world.counts = False
        super().__init__(world.ai_turns, world.activity, Screens(), Told(), Followed(), settle)
        self.world = world


class SendsOnly(OtherFanout):
    """Leaves activity to the request."""

    def handle(self, entry: Entry | None) -> None:
        """The job alone."""
        if entry is not None and entry.opens_turn:
            self._ai_turns.send({"ticket_id": entry.ticket_id, "turn": entry.seq}, delay=SETTLE)


@bug
class DualWrite(World):
    """The request stores the message and then tells the activity log itself."""

    def fanout(self) -> Fanout:
        """Without activity."""
        return SendsOnly(self)

    def replacements(self) -> dict[str, Any]:
        """A store port that does both."""
        return super().replacements() | {"ticket_row_store": Tells(self)}


class Tells:
    """Commit, and then what the stream should do."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __getattr__(self, name: str) -> Any:
        return getattr(self._world.tickets, name)

    def commit(self, written: Any, once: Any = None) -> None:
        """Two writes."""
        self._world.tickets.commit(written, once)
        entry = written.entry
        if entry.kind == "message":
            type: Any = "ticket" if entry.event == "opened" else "message"
            ref = entry.ticket_id if type == "ticket" else entry.id
            self._world.activity.record(Activity(entry.author.id, entry.id, type, entry.at, ref))


class CountsTwice(OtherFanout):
    """Activity under an id of its own each time."""

    def handle(self, entry: Entry | None) -> None:
        """Fresh id, fresh line."""
        if entry is not None and entry.kind == "message" and entry.author.role != "ai":
            type: Any = "ticket" if entry.event == "opened" else "message"
            ref = entry.ticket_id if type == "ticket" else entry.id
            self._activity.record(Activity(entry.author.id, self.world.ids.new("act"), type, entry.at, ref))
        if entry is not None and entry.opens_turn:
            self._ai_turns.send({"ticket_id": entry.ticket_id, "turn": entry.seq}, delay=SETTLE)


@bug
class ActivityNotDeduplicated(World):
    """A repeated entry is counted again."""

    def fanout(self) -> Fanout:
        """Random ids."""
        return CountsTwice(self)


@bug
class SettleIgnored(World):
    """The assistant answers before the customer has finished."""

    def fanout(self) -> Fanout:
        """No delay."""
        return OtherFanout(self, settle=0)


class Swallows(OtherFanout):
    """Thinks a failed write will do."""

    def handle(self, entry: Entry | None) -> None:
        """Whatever comes of it."""
        try:
            super().handle(entry)
        except DomainError:
            return


@bug
class FailureSwallowed(World):
    """A consumer that fails says it did not."""

    def fanout(self) -> Fanout:
        """No failures."""
        return Swallows(self)


def says_all_done(handle: Handler) -> Handler:
    """A handler that never reports a failed record."""

    def handler(event: Any, context: Any) -> Any:
        handle(event, context)
        return {"batchItemFailures": []}

    return handler


@bug
class StreamBatchWhole(World):
    """The stream's consumer reports a batch as done although one record failed."""

    def stream_handle(self) -> Handler:
        """No failures."""
        return says_all_done(super().stream_handle())


@bug
class LoserDeletes(World):
    """A worker whose write failed deletes the job all the same."""

    def queue_handle(self) -> Handler:
        """No failures."""
        return says_all_done(super().queue_handle())


@bug
class DeleteBeforeWork(World):
    """The job is deleted first and then done."""

    def queue_handle(self) -> Handler:
        """Deletes, works."""
        handle = super().queue_handle()

        def handler(event: Any, context: Any) -> Any:
            for record in event["Records"]:
                self.delete(record["messageId"])
            return handle(event, context)

        return handler


class Away:
    """A JobQueue that takes nothing."""

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """Never."""
        raise Unavailable


@bug
class StopsAtPoison(World):
    """What cannot be handled is tried in its place for ever."""

    def replacements(self) -> dict[str, Any]:
        """Nowhere to park."""
        return super().replacements() | {"timeline_parking": Away()}

    def patience(self) -> Patience:
        """Endless."""
        return Patience(retries=10**9, max_age=10**9, first_pause=0.5, longest_pause=10.0)


class KeepsFirst(ShardReader):
    """Remembers how far it got before it got there."""

    def _deliver(self) -> None:
        self._places.keep(self._shard, self._arn, str(self._waiting[-1]["dynamodb"]["SequenceNumber"]))
        super()._deliver()


@bug
class PlaceKeptFirst(World):
    """A reader that dies in a batch leaves the rest of it out."""

    def shard_reader(self, shard: str, patience: Patience, batch: int) -> ShardReader:
        """The place first."""
        reader = super().shard_reader(shard, patience, batch)
        reader.__class__ = KeepsFirst
        return reader


@bug
class GivenUpWithoutLetter(World):
    """What the stream's reader gives up is nowhere."""

    def shard_reader(self, shard: str, patience: Patience, batch: int) -> ShardReader:
        """Letters go nowhere."""
        reader = super().shard_reader(shard, patience, batch)
        reader._failures = Nowhere()
        return reader


@bug
class ParkedIsForgotten(World):
    """What cannot be handled is left out."""

    def replacements(self) -> dict[str, Any]:
        """Parked nowhere."""
        return super().replacements() | {"timeline_parking": Nowhere()}


@bug
class RepairSaysDone(World):
    """What was parked is taken for done at its first failure."""

    def retry_handle(self) -> Handler:
        """No failures."""
        return says_all_done(super().retry_handle())


class Nowhere:
    """A JobQueue that loses what it is given."""

    def send(self, job: dict[str, str | int], delay: int = 0) -> None:
        """Gone."""


@bug
class SweeperMissing(World):
    """Nobody looks for turns that were lost on the way."""

    def sweep(self) -> Handler | None:
        """None."""
        return None


class Forgetful(Queue):
    """Drops what it gives up."""

    def _buried(self, held: Any) -> bool:
        buried = super()._buried(held)
        self.dead.clear()
        return buried


@bug
class DeadLettersLost(World):
    """A job that is given up is gone."""

    def queue(self, name: str) -> Queue:
        """No dead letters."""
        return Forgetful(self.exact, self.sim, 4, name)
