"""What follows from a new timeline entry: work for the assistant, a line in somebody's activity."""

from shared.insights.models import Activity, ActivityType
from shared.insights.ports import ActivityLog
from shared.kernel.ports import JobQueue
from shared.tickets.timeline import Entry


class Fanout:
    """Safe to run again for the same entry: the assistant settles a turn once, activity is kept by entry id."""

    def __init__(self, ai_turns: JobQueue, activity: ActivityLog, settle_seconds: int) -> None:
        self._ai_turns = ai_turns
        self._activity = activity
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
