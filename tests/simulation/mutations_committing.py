"""Bugs put in on purpose: in the loop around every change, and in what the assistant sees when it commits."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from shared.assistant.chat import OVERTAKEN, WITH_PEOPLE, ChatReply
from shared.assistant.models import Utterance
from shared.assistant.thinking import Thinker, Thought
from shared.tickets.committing import Committer
from shared.tickets.errors import AlreadyDone
from shared.tickets.ticket import Ticket, Written
from tests.simulation.mutations import bug
from tests.simulation.world import World


class OtherCommitter(World):
    """With another loop around every change."""

    def committer(self) -> Committer:
        """The loop."""
        raise NotImplementedError

    def replacements(self) -> dict[str, Any]:
        """With it."""
        return super().replacements() | {"committer": self.committer()}


class ReadsCurrent(Committer):
    """Tells a repeat what is stored now."""

    def told_again(self, ticket_id: str, seq: int) -> Written:
        """The ticket's present state, with its latest entry."""
        ticket = self.store.get(ticket_id)
        return Written(ticket, self.store.entry(ticket_id, ticket.seq), ticket.seq - 1)


@bug
class ReplayReadsCurrent(OtherCommitter):
    """A repeat is told the present state."""

    def committer(self) -> Committer:
        """Not the first answer."""
        return ReadsCurrent(self.tickets, self.clock, self.ids)


class RuleFirst(Committer):
    """Lets a rule refuse what was done already."""

    def change(self, ticket_id: str, act: Callable[[Ticket, datetime], Written], **options: Any) -> Written:
        """Without the look for an earlier result."""
        once, save = options.get("once"), options.get("save")
        try:
            return self._attempts(ticket_id, act, once, options.get("if_match"), save, options.get("read"))
        except AlreadyDone as done:
            return self.told_again(done.ticket_id, done.seq)


@bug
class RefusedThoughStored(OtherCommitter):
    """A lost reply, then a rule that says no: the client believes its message was not stored."""

    def committer(self) -> Committer:
        """Rules first."""
        return RuleFirst(self.tickets, self.clock, self.ids)


class TurnCommitter(Committer):
    """Changes what a run of a turn sees at its commit."""

    def __init__(self, world: World, seen: Callable[[Ticket], Ticket], wrote: Callable[[Written], Written]) -> None:
        super().__init__(world.tickets, world.clock, world.ids)
        self._seen, self._wrote = seen, wrote

    def change(self, ticket_id: str, act: Callable[[Ticket, datetime], Written], **options: Any) -> Written:
        """Only where an answer is saved."""
        if options.get("save") is None:
            return super().change(ticket_id, act, **options)
        return super().change(ticket_id, lambda ticket, at: self._wrote(act(self._seen(ticket), at)), **options)


@bug
class IgnoresTakeOver(OtherCommitter):
    """The assistant speaks although a person has the ticket."""

    def committer(self) -> Committer:
        """Owner not looked at."""

        def seen(ticket: Ticket) -> Ticket:
            return replace(ticket, owner="ai") if ticket.status != "closed" else ticket

        return TurnCommitter(self, seen, lambda written: written)


@bug
class NoFence(OtherCommitter):
    """Two runs of one turn both commit."""

    def committer(self) -> Committer:
        """Settled or not."""

        def seen(ticket: Ticket) -> Ticket:
            settled = ticket.owner == "ai" and ticket.answered_seq == ticket.last_customer_seq
            return replace(ticket, answered_seq=ticket.answered_seq - 1) if settled else ticket

        return TurnCommitter(self, seen, lambda written: written)


@bug
class AnsweredSeqNotSet(OtherCommitter):
    """An answer does not settle its turn."""

    def committer(self) -> Committer:
        """The turn stays open."""

        def wrote(written: Written) -> Written:
            before = written.entry.changes.get("answered_seq", (0, 0))[0]
            changes = {name: change for name, change in written.entry.changes.items() if name != "answered_seq"}
            ticket = replace(written.ticket, answered_seq=before)
            return Written(ticket, replace(written.entry, changes=changes), written.based_on)

        return TurnCommitter(self, lambda ticket: ticket, wrote)


@bug
class HandOverKeepsOwner(OtherCommitter):
    """The assistant hands over, and has the ticket all the same."""

    def committer(self) -> Committer:
        """Owner unchanged."""

        def wrote(written: Written) -> Written:
            changes = {name: change for name, change in written.entry.changes.items() if name != "owner"}
            entry = replace(written.entry, changes=changes, owner="ai")
            return Written(replace(written.ticket, owner="ai"), entry, written.based_on)

        return TurnCommitter(self, lambda ticket: ticket, wrote)


class OwnActs(Committer):
    """Runs an act on a ticket with the assignee taken away."""

    def change(self, ticket_id: str, act: Callable[[Ticket, datetime], Written], **options: Any) -> Written:
        """The act sees nobody; the entry tells whom it took the ticket from."""

        def free(ticket: Ticket, at: datetime) -> Written:
            written = act(replace(ticket, assignee_id=None), at)
            taker = written.ticket.assignee_id
            if written.entry.event != "assigned" or ticket.assignee_id in (None, taker):
                return act(ticket, at)
            entry = replace(
                written.entry, changes={**written.entry.changes, "assignee_id": (ticket.assignee_id, taker)}
            )
            return Written(written.ticket, entry, written.based_on)

        return super().change(ticket_id, free, **options)


@bug
class ClaimWithoutCompare(OtherCommitter):
    """A claim takes a ticket somebody has."""

    def committer(self) -> Committer:
        """Nobody has it."""
        return OwnActs(self.tickets, self.clock, self.ids)


class Fragile(Thinker):
    """Lets whatever an engine raises through."""

    def think(self, text: str, history: tuple[Utterance, ...], subject: str, deadline: float) -> Thought:
        """No hand-over."""
        return self._thought(text, history, subject, deadline, self._now())


@bug
class EngineBreaksTurn(World):
    """A text that breaks an engine is tried for ever; the customer hears nothing."""

    def replacements(self) -> dict[str, Any]:
        """A thinker that breaks."""
        parts = super().replacements()
        engines = (parts["offline_classifier"], parts["retriever"], parts["drafter"], parts["monotonic"])
        return parts | {"thinker": Fragile(*engines)}


class AnyVersion(Committer):
    """Does not look at If-Match."""

    def change(self, ticket_id: str, act: Callable[[Ticket, datetime], Written], **options: Any) -> Written:
        """Whatever the client saw."""
        return super().change(ticket_id, act, **(options | {"if_match": None}))


@bug
class IfMatchIgnored(OtherCommitter):
    """A change that is delivered twice happens twice."""

    def committer(self) -> Committer:
        """Without the version."""
        return AnyVersion(self.tickets, self.clock, self.ids)


class Leaps(Committer):
    """Closes what was to be resolved."""

    def change(self, ticket_id: str, act: Callable[[Ticket, datetime], Written], **options: Any) -> Written:
        """One step becomes two."""

        def leap(ticket: Ticket, at: datetime) -> Written:
            written = act(ticket, at)
            old, new = written.entry.changes.get("status", (None, None))
            if new != "resolved":
                return written
            entry = replace(written.entry, changes=written.entry.changes | {"status": (old, "closed")})
            return Written(replace(written.ticket, status="closed"), entry, written.based_on)

        return super().change(ticket_id, leap, **options)


@bug
class MachineLeapt(OtherCommitter):
    """A ticket is closed without having been resolved."""

    def committer(self) -> Committer:
        """Two steps at once."""
        return Leaps(self.tickets, self.clock, self.ids)


@bug
class ChatSaysPeople(World):
    """A chat whose turn was overtaken is told that a colleague has the ticket."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        ask = self.chat.on_ticket

        def on_ticket(*asked: Any) -> ChatReply:
            reply: ChatReply = ask(*asked)
            return replace(reply, text=WITH_PEOPLE["en"]) if reply.text == OVERTAKEN["en"] else reply

        self.chat.on_ticket = on_ticket
