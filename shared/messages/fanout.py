"""What follows from a new entry: the assistant's work, somebody's activity, screens, other systems, figures."""

from shared.insights.models import Activity, ActivityType
from shared.insights.ports import ActivityLog
from shared.kernel.ports import JobQueue
from shared.messages.ports import Follower, Pushes, Webhooks
from shared.tickets.timeline import Entry


class Fanout:
    """Safe to run again for the same entry.

    The assistant settles a turn once, activity is kept by entry id, screens drop an entry they have, and other systems
    know a message by its id, and an entry that was counted is marked.
    """

    def __init__(
        self,
        ai_turns: JobQueue,
        activity: ActivityLog,
        pushes: Pushes,
        webhooks: Webhooks,
        counting: Follower,
        settle_seconds: int,
    ) -> None:
        self._ai_turns = ai_turns
        self._activity = activity
        self._pushes = pushes
        self._webhooks = webhooks
        self._counting = counting
        self._settle_seconds = settle_seconds

    def handle(self, entry: Entry | None) -> None:
        """Everything that follows from the entry; nothing from None, a change that is not an entry."""
        if entry is None:
            return
        if entry.opens_turn:
            self._ai_turns.send({"ticket_id": entry.ticket_id, "turn": entry.seq}, delay=self._settle_seconds)
        if entry.kind == "message" and entry.author.role not in ("ai", "system"):
            type: ActivityType = "ticket" if entry.event == "opened" else "message"
            ref = entry.ticket_id if type == "ticket" else entry.id
            self._activity.record(Activity(entry.author.id, entry.id, type, entry.at, ref))
        self._pushes.pushed(entry)
        self._webhooks.entry(entry)
        # Last, as nobody waits for a figure.
        self._counting.handle(entry)
