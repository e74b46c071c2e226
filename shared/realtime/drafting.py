"""Answers in the making, on their way to screens. Hints: they may be lost, and nothing is repeated for them."""

import logging
from datetime import timedelta
from typing import Any

from shared.kernel.errors import DomainError
from shared.kernel.ports import Clock
from shared.realtime.frames import AnswerDelta
from shared.realtime.ports import Connections, Push, Relay
from shared.realtime.tails import Tails
from shared.sealing.models import Place
from shared.sealing.sealer import Opener, Sealer
from shared.tickets.ticket import Ticket

LOG = logging.getLogger("scs.realtime")
LONGEST = timedelta(seconds=1)
"""The answer itself waits behind its pieces."""


class SocketDrafts:
    """Drafts to the connections that follow the ticket, for a host whose sockets are elsewhere."""

    def __init__(self, connections: Connections, push: Push, clock: Clock) -> None:
        self._connections = connections
        self._push = push
        self._clock = clock

    def show(self, ticket: Ticket, turn: int, first: int, texts: list[str]) -> None:
        """To everybody who follows; who cannot be reached is left out from then on."""
        until = self._clock.now() + LONGEST
        try:
            here = [one.connection_id for one in self._connections.subscribers(ticket.id)]
        except DomainError as error:
            _not_shown(ticket.id, error.code)
            return
        for index, text in enumerate(texts, first):
            frame = AnswerDelta(ticket_id=ticket.id, turn=turn, index=index, text_delta=text).text()
            for connection_id in list(here):
                if self._clock.now() >= until:
                    _not_shown(ticket.id, "too_slow")
                    return
                if not self._sent(ticket.id, connection_id, frame):
                    here.remove(connection_id)

    def _sent(self, ticket_id: str, connection_id: str, frame: str) -> bool:
        try:
            return self._push.send(connection_id, frame)
        except DomainError as error:
            _not_shown(ticket_id, error.code)
            return False


class RelayDrafts:
    """Drafts by a word to every replica; what is said is sealed, so that the cache holds no content."""

    def __init__(self, relay: Relay, sealer: Sealer, clock: Clock) -> None:
        self._relay = relay
        self._sealer = sealer
        self._clock = clock

    def show(self, ticket: Ticket, turn: int, first: int, texts: list[str]) -> None:
        """One word a piece."""
        until = self._clock.now() + LONGEST
        for index, text in enumerate(texts, first):
            if self._clock.now() >= until:
                _not_shown(ticket.id, "too_slow")
                return
            try:
                sealed = self._sealer.seal(ticket.requester_id, text, place_of(ticket.id, turn, index))
            except DomainError as error:
                _not_shown(ticket.id, error.code)
                return
            self._relay.tell({"draft": ticket.id, "turn": turn, "index": index, "text": sealed})


class DraftsHeard:
    """The other end, in the process that holds sockets."""

    def __init__(self, tails: Tails, push: Push, opener: Opener) -> None:
        self._tails = tails
        self._push = push
        self._opener = opener

    def hear(self, word: dict[str, Any]) -> None:
        """Show it to whoever follows the ticket here; nothing for a word that is no draft of ours."""
        ticket_id, turn, index, sealed = (word.get(name) for name in ("draft", "turn", "index", "text"))
        if not (isinstance(ticket_id, str) and isinstance(turn, int) and isinstance(index, int)):
            return
        here = self._tails.followers(ticket_id)
        if not here or not isinstance(sealed, str):
            return
        try:
            text = self._opener.open(sealed, place_of(ticket_id, turn, index))
        except DomainError as error:
            _not_shown(ticket_id, error.code)
            return
        frame = AnswerDelta(ticket_id=ticket_id, turn=turn, index=index, text_delta=text).text()
        for connection_id in here:
            self._push.send(connection_id, frame)


def _not_shown(ticket_id: str, code: str) -> None:
    LOG.info("draft not shown", extra={"ticket_id": ticket_id, "code": code})


def place_of(ticket_id: str, turn: int, index: int) -> Place:
    """What a sealed piece is bound to."""
    return Place("drafts", f"{ticket_id}/{turn}", str(index))
