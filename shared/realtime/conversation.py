"""What a connected person does on tickets: follow, write, read; and what others there are told of it."""

from shared.kernel.ports import Clock
from shared.realtime import frames
from shared.realtime.backlog import Backlog
from shared.realtime.errors import NotSubscribed
from shared.realtime.models import VIEWING_FOR, Connection, ReadMark, Subscriber
from shared.realtime.ports import Connections, Followers, Push, ReadMarks
from shared.tickets.access import visible
from shared.tickets.ports import TicketReader

MOST_SUBSCRIPTIONS = 50
"""Tickets one connection may follow."""


class Conversation:
    """Handles the frames that name a ticket; raises what is wrong with them."""

    def __init__(
        self,
        connections: Connections,
        marks: ReadMarks,
        tickets: TicketReader,
        backlog: Backlog,
        followers: Followers,
        push: Push,
        clock: Clock,
    ) -> None:
        self._connections = connections
        self._marks = marks
        self._tickets = tickets
        self._backlog = backlog
        self._followers = followers
        self._push = push
        self._clock = clock

    def act(self, connection: Connection, frame: frames.Asked) -> None:
        """One frame. NotFound for a ticket that is not the caller's to see, NotSubscribed, TooManySubscriptions."""
        match frame:
            case frames.Subscribe():
                self._subscribe(connection, frame)
            case frames.Unsubscribe():
                self._followers.leave(connection.id, frame.ticket_id)
                if self._connections.unsubscribe(connection.id, frame.ticket_id):
                    self._tell_viewers(frame.ticket_id)
            case frames.Typing():
                self._typing(connection, frame)
            case frames.Read():
                self._read(connection, frame)

    def gone(self, connection_id: str) -> None:
        """The connection is closed; who looked at the same tickets is told."""
        self._followers.leave(connection_id)
        for ticket_id in self._connections.remove(connection_id):
            self._tell_viewers(ticket_id)

    def _subscribe(self, connection: Connection, frame: frames.Subscribe) -> None:
        ticket_id = frame.ticket_id
        visible(self._tickets.get(ticket_id), connection.caller)
        # First the subscription, then the backlog: what is written in between comes by one of the two, or by both.
        new = self._connections.subscribe(connection, ticket_id, self._clock.now(), MOST_SUBSCRIPTIONS)
        notes = connection.caller.can("notes.read")
        seq, more = self._backlog.send(connection.id, ticket_id, frame.since_seq, notes)
        self._push.send(connection.id, frames.Subscribed(ticket_id=ticket_id, seq=seq, more=more).text())
        if not more:
            self._followers.follow(connection.id, ticket_id, seq, notes)
        if new:
            self._tell_marks(connection, ticket_id)
            self._tell_viewers(ticket_id)

    def _typing(self, connection: Connection, frame: frames.Typing) -> None:
        others = self._others(connection, frame.ticket_id)
        note = frame.note and connection.caller.is_staff
        for other in others:
            if other.is_staff or not note:
                user_id = self._shown(other, connection.user_id, connection.caller.is_staff)
                told = frames.TypingTold(
                    ticket_id=frame.ticket_id, user_id=user_id, role=connection.role, active=frame.active, note=note
                )
                self._send(other, told)

    def _read(self, connection: Connection, frame: frames.Read) -> None:
        others = self._others(connection, frame.ticket_id)
        seq = min(frame.seq, self._tickets.get(frame.ticket_id).seq)
        mark = ReadMark(frame.ticket_id, connection.user_id, connection.role, seq, self._clock.now())
        if self._marks.advance(mark):
            for other in others:
                self._send(other, self._mark_told(mark, other))

    def _tell_marks(self, connection: Connection, ticket_id: str) -> None:
        me = Subscriber(connection.id, connection.user_id, connection.role, self._clock.now())
        for mark in self._marks.of_ticket(ticket_id):
            self._send(me, self._mark_told(mark, me))

    def _mark_told(self, mark: ReadMark, to: Subscriber) -> frames.ReadTold:
        user_id = self._shown(to, mark.user_id, mark.role != "customer")
        return frames.ReadTold(ticket_id=mark.ticket_id, user_id=user_id, role=mark.role, seq=mark.seq)

    def _tell_viewers(self, ticket_id: str) -> None:
        subscribers = self._connections.subscribers(ticket_id)
        oldest = self._clock.now() - VIEWING_FOR
        here = {one.user_id: one.role for one in subscribers if one.seen_at >= oldest}
        viewers = [frames.Viewer(user_id=user_id, role=role) for user_id, role in sorted(here.items())]
        for one in subscribers:
            if one.is_staff:
                self._send(one, frames.PresenceTold(ticket_id=ticket_id, viewers=viewers))

    def _others(self, connection: Connection, ticket_id: str) -> list[Subscriber]:
        subscribers = self._connections.subscribers(ticket_id)
        others = [one for one in subscribers if one.connection_id != connection.id]
        if len(others) == len(subscribers):
            raise NotSubscribed
        return others

    def _send(self, to: Subscriber, frame: frames.Frame) -> None:
        if not self._push.send(to.connection_id, frame.text()):
            self._connections.remove(to.connection_id)

    @staticmethod
    def _shown(to: Subscriber, user_id: str, is_staff: bool) -> str | None:
        return user_id if to.is_staff or not is_staff else None
