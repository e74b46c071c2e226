"""Answering a turn of a ticket: once, under conditions, with a receipt."""

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from shared.assistant.answer_ports import AnswerCommits, Drafts, Receipts
from shared.assistant.conversation import recent, turn_of
from shared.assistant.drafts import pieces
from shared.assistant.inputs import Inputs, write_inputs
from shared.assistant.receipts import Evidence, Receipt
from shared.assistant.spending import charged_to
from shared.assistant.thinking import Thinker, Thought
from shared.assistant.tool_loop import FROM_TOOLS
from shared.kernel.errors import DomainError, NotFound, PersonErased
from shared.kernel.ids import make_id
from shared.tickets.acts import settle_turn
from shared.tickets.committing import Committer
from shared.tickets.errors import TurnPassed
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Quote

LOG = logging.getLogger("scs.assistant")
Outcome = Literal["answered", "handed_over", "not_owed", "discarded"]


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What became of a turn; the receipt unless nothing was thought."""

    outcome: Outcome
    receipt: Receipt | None = None
    written: Written | None = None


def turn_id(prefix: str, ticket_id: str, turn: int, at: datetime) -> str:
    """The one id of a turn's answer, however often the turn is run."""
    digest = hashlib.sha256(f"{ticket_id}#{turn}".encode()).digest()
    return make_id(prefix, int(at.timestamp() * 1000), digest[:10])


class Turns:
    """Runs turns. Safe to run for the same turn from many places at once: one result is committed."""

    def __init__(
        self,
        committer: Committer,
        commits: AnswerCommits,
        receipts: Receipts,
        thinker: Thinker,
        drafts: Drafts,
        deadline: float,
    ) -> None:
        self._committer = committer
        self._commits = commits
        self._receipts = receipts
        self._thinker = thinker
        self._drafts = drafts
        self._deadline = deadline

    def answer(self, ticket_id: str, turn: int) -> TurnResult:
        """Answer or hand over the turn; `not_owed` when it is settled, overtaken by a newer one, or a person's."""
        try:
            ticket = self._committer.store.get(ticket_id)
        except NotFound:
            return TurnResult("not_owed")
        if ticket.open_turn != turn:
            return TurnResult("not_owed")
        entries = recent(self._committer.store, ticket)
        opened_at = next((entry.at for entry in entries if entry.seq == turn), ticket.updated_at)
        text, history = turn_of(entries, turn)
        self._drafts.show(ticket, turn, 0, [""])
        with charged_to(ticket.requester_id):
            thought = self._thinker.think(text, history, ticket.subject, self._deadline, ticket.requester_id)
        answer_id = turn_id("ans", ticket.id, turn, opened_at)
        receipt = receipt_of(
            thought, answer_id, self._committer.clock.now(), ticket.requester_id, ticket.id, turn, ticket.seq
        )
        ticket = self._shown(ticket, turn, thought)
        return self._commit(ticket, turn, thought, receipt, turn_id("msg", ticket.id, turn, opened_at))

    def _shown(self, ticket: Ticket, turn: int, thought: Thought) -> Ticket:
        """The ticket as it is now. While the turn is owed its answer is shown, checked, as it will be said."""
        if thought.draft.decision == "hand_over":
            return ticket
        try:
            now = self._committer.store.get(ticket.id)
        except DomainError:
            # Only showing needs it: what is said is committed under conditions, whatever was read.
            return ticket
        if now.open_turn == turn:
            self._drafts.show(now, turn, 1, pieces(thought.draft.text))
        return now

    def _commit(self, ticket: Ticket, turn: int, thought: Thought, receipt: Receipt, entry_id: str) -> TurnResult:
        def act(ticket: Ticket, at: datetime) -> Written:
            return settle(ticket, entry_id, at, turn, thought, receipt.id)

        try:
            written = self._committer.change(
                ticket.id, act, read=ticket, save=lambda written: self._commits.commit(written, receipt)
            )
        except PersonErased:
            return TurnResult("not_owed")
        except TurnPassed:
            # Tokens were spent: the run is told, under an id of its own.
            run = replace(receipt, id=self._committer.ids.new("ans"), outcome="discarded")
            self._receipts.record(run)
            LOG.info("run discarded", extra={"ticket_id": ticket.id, "turn": turn, "answer_id": run.id})
            return TurnResult("discarded", run)
        handed_over = thought.draft.decision == "hand_over"
        return TurnResult("handed_over" if handed_over else "answered", receipt, written)


def settle(ticket: Ticket, entry_id: str, at: datetime, turn: int, thought: Thought, answer_id: str) -> Written:
    """The thought as the turn's one entry."""
    draft = thought.draft
    return settle_turn(
        ticket,
        entry_id,
        at,
        turn,
        draft.text,
        answer_id=answer_id,
        citations=tuple(
            Quote(c.article_id, c.article_version, c.title, c.quote, c.start, c.end, c.hash)
            for c in draft.citations
            if not c.article_id.startswith(FROM_TOOLS)
        ),
        hand_over_reason=draft.reason if draft.decision == "hand_over" else None,
        facts={
            "language": thought.question.language,
            "sentiment": thought.sentiment.label,
            "intent": thought.intent.label,
        },
    )


def receipt_of(
    thought: Thought,
    answer_id: str,
    at: datetime,
    requester_id: str,
    ticket_id: str | None = None,
    turn: int | None = None,
    seen: int | None = None,
) -> Receipt:
    """The receipt of a thought that is about to be said; `seen` is the seq of the ticket that it was thought about."""
    draft, question = thought.draft, thought.question
    text = question.text if ticket_id is None else None
    return Receipt(
        id=answer_id,
        outcome="said",
        at=at,
        requester_id=requester_id,
        ticket_id=ticket_id,
        turn=turn,
        language=thought.question.language,
        intent=thought.intent,
        sentiment=thought.sentiment,
        snapshot=thought.snapshot,
        evidence=tuple(
            Evidence(h.span.article_id, h.span.article_version, h.span.start, h.span.end, h.span.hash, h.score)
            for h in thought.hits
        ),
        decision=draft.decision,
        reason=draft.reason,
        reply=draft.text,
        citations=draft.citations,
        confidence=draft.confidence,
        verdicts=thought.verdicts,
        engine=draft.engine,
        usage=draft.usage,
        latency_ms=thought.latency_ms,
        inputs=write_inputs(Inputs(thought.recording, question.subject, seen, text)),
    )
