"""Bugs put in on purpose in open screens: the client's, the stream's consumer's, and the replica's."""

from typing import Any

from shared.kernel.errors import DomainError
from shared.messages.ports import Pushes
from shared.realtime import frames
from shared.realtime.conversation import Conversation
from shared.realtime.pushing import SocketPushes
from shared.realtime.tails import Tails
from shared.realtime.telling import entry_frame
from shared.tickets.timeline import Entry
from tests.realtime_client import Frame, Screen
from tests.simulation.mutations import bug
from tests.simulation.sockets import Sockets
from tests.simulation.world import World


class BlindScreen(Screen):
    """Shows what comes, and asks for nothing that is missing."""

    def _entry(self, frame: Frame) -> list[Frame]:
        held = self.tickets[frame["ticket_id"]]
        if not held.entries or frame["seq"] > held.entries[-1]["seq"]:
            held.entries.append(frame)
        return []


class BlindSockets(Sockets):
    """With such clients."""

    screen = BlindScreen


@bug
class GapNotResumed(World):
    """A client takes a hole for nothing."""

    def open_sockets(self) -> Sockets:
        """Blind ones."""
        return BlindSockets(self)


class BacklogFirst(Conversation):
    """Sends what was missed, and only then begins to follow."""

    def _subscribe(self, connection: Any, frame: frames.Subscribe) -> None:
        ticket_id, notes = frame.ticket_id, connection.caller.can("notes.read")
        seq, more = self._backlog.send(connection.id, ticket_id, frame.since_seq, notes)
        self._push.send(connection.id, frames.Subscribed(ticket_id=ticket_id, seq=seq, more=more).text())
        seq = self._tickets.get(ticket_id).seq
        self._connections.subscribe(connection, ticket_id, self._clock.now(), 50)
        self._followers.follow(connection.id, ticket_id, seq, notes)


class BacklogFirstSockets(Sockets):
    """With such a host."""

    conversation = BacklogFirst


@bug
class FollowsAfterTheBacklog(World):
    """What is written between the backlog and the subscription is shown to nobody."""

    def open_sockets(self) -> Sockets:
        """In that order."""
        return BacklogFirstSockets(self)


class Talkative(Conversation):
    """Thinks everybody may see notes."""

    def _subscribe(self, connection: Any, frame: frames.Subscribe) -> None:
        self._backlog.send(connection.id, frame.ticket_id, frame.since_seq, True)
        super()._subscribe(connection, frame)


class TalkativeSockets(Sockets):
    """With such a host."""

    conversation = Talkative


@bug
class NotesLeak(World):
    """Customers are sent internal notes."""

    def open_sockets(self) -> Sockets:
        """Talkative."""
        return TalkativeSockets(self)


class FirstOnly(SocketPushes):
    """Shows an entry to the first who follows."""

    def pushed(self, entry: Entry) -> None:
        """And is done."""
        for one in self._connections.subscribers(entry.ticket_id)[:1]:
            try:
                self._push.send(one.connection_id, entry_frame(entry, one.sees_notes))
            except DomainError:
                return


class FirstOnlySockets(Sockets):
    """With such a consumer."""

    def to_followers(self) -> Pushes:
        """To one of them."""
        return FirstOnly(self.connections, self.push)


@bug
class SkipsFollowers(World):
    """The stream's consumer forgets who else looks."""

    def open_sockets(self) -> Sockets:
        """One only."""
        return FirstOnlySockets(self)


class Trusting(Tails):
    """Takes the word's seq for what it sent."""

    def behind(self, ticket_id: str, seq: int) -> bool:
        """And marks it as sent."""
        tail = self._tails.get(ticket_id)
        for follower in tail.followers.values() if tail else ():
            follower.seq = max(follower.seq, seq)
        return True


class TrustingSockets(Sockets):
    """With such tails."""

    tails = Trusting


@bug
class WordTakenForTheEntry(World):
    """A replica believes the word that an entry exists, and sends nothing."""

    def open_sockets(self) -> Sockets:
        """Trusting."""
        return TrustingSockets(self)
