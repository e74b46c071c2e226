"""What a macro does to a ticket: one write, and what is told of it step by step. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from shared.kernel.texts import Language
from shared.macros.errors import TooManyTags
from shared.macros.models import Actions, Content, Macro
from shared.macros.templates import fill, values_of
from shared.tickets import acts
from shared.tickets.errors import StaleView
from shared.tickets.folding import Act, folded
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Author, Entry

MOST_TAGS = 20
StepName = Literal["reply", "note", "priority", "category", "tags", "status", "assignee"]
Outcome = Literal["done", "unchanged", "refused"]
_FIELDS: dict[StepName, str] = {
    "priority": "priority",
    "category": "category",
    "tags": "tags",
    "status": "status",
    "assignee": "assignee_id",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Who is spoken to and who speaks."""

    language: Language
    customer: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a macro and what came of it; `seq` is the entry it stands in, `code` why it was refused."""

    step: StepName
    outcome: Outcome
    seq: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A macro's texts for one ticket."""

    reply: str | None
    note: str | None


def rendered(content: Content, ticket: Ticket, names: Names) -> Rendered:
    """The reply in the customer's language where there is one in it; the note as it stands."""
    values = values_of(ticket, names.customer, names.agent, names.language)
    reply = content.reply.nearest(names.language)
    return Rendered(fill(reply, values) if reply else None, fill(content.note, values) if content.note else None)


def first_write(
    macro: Macro, ticket: Ticket, names: Names, entry_id: str, author: Author, at: datetime, after_seq: int | None
) -> Written:
    """The reply, or else the note, with every change: one entry. TicketClosed, StaleView and what the acts refuse."""
    acts.refuse_if_closed(ticket)
    if after_seq is not None and ticket.last_customer_seq > after_seq:
        raise StaleView(last_customer_seq=ticket.last_customer_seq, after_seq=after_seq)
    texts = rendered(macro.content, ticket, names)
    spoken: list[Act] = []
    if texts.reply is not None:
        spoken.append(lambda now: acts.staff_replies(now, entry_id, author, texts.reply or "", at, after_seq))
    elif texts.note is not None:
        spoken.append(lambda now: acts.add_note(now, entry_id, author, texts.note or "", at))
    return folded(ticket, [*spoken, *_acts(macro.content.actions, entry_id, author, at)], at)


def _acts(actions: Actions, entry_id: str, author: Author, at: datetime) -> list[Act]:
    def update(ticket: Ticket) -> Written:
        return acts.update(ticket, entry_id, author, at, _changes(actions, ticket))

    def assign(ticket: Ticket) -> Written:
        if ticket.assignee_id != author.id:
            acts.expect_assignee(ticket, None)
        return acts.assign(ticket, entry_id, author, at, author.id)

    def move(ticket: Ticket) -> Written:
        if actions.status is None or ticket.status == actions.status:
            return acts.update(ticket, entry_id, author, at, {})
        return acts.transition(ticket, entry_id, author, at, actions.status, None)

    updates = any((actions.priority, actions.category, actions.add_tags, actions.remove_tags))
    wanted = ((update, updates), (assign, actions.assign_to_me), (move, actions.status is not None))
    return [act for act, asked in wanted if asked]


def _changes(actions: Actions, ticket: Ticket) -> dict[str, Any]:
    kept = [tag for tag in ticket.tags if tag not in actions.remove_tags]
    tags = tuple(dict.fromkeys((*kept, *actions.add_tags)))
    if len(tags) > max(MOST_TAGS, len(ticket.tags)):
        raise TooManyTags(most=MOST_TAGS)
    wanted = {"priority": actions.priority, "category": actions.category}
    return {name: value for name, value in wanted.items() if value is not None} | {"tags": tags}


def needed(macro: Macro) -> list[str]:
    """The permissions whoever applies it must hold, as if each step were asked for alone."""
    content, actions = macro.content, macro.content.actions
    asked = {
        "messages.reply": content.reply.zh or content.reply.en,
        "notes.write": content.note,
        "tickets.update": actions.priority or actions.category or actions.add_tags or actions.remove_tags,
        "tickets.transition": actions.status,
        "tickets.assign": actions.assign_to_me,
    }
    return [permission for permission, wanted in asked.items() if wanted]


def has_reply(macro: Macro) -> bool:
    """Whether the first entry is a message; a note besides it is then an entry of its own."""
    return bool(macro.content.reply.zh or macro.content.reply.en)


def told(macro: Macro, entry: Entry) -> list[Step]:
    """What came of the first write's steps, by its entry alone: a repeat tells the same."""
    actions = macro.content.actions
    asked: dict[StepName, Any] = {
        "priority": actions.priority,
        "category": actions.category,
        "tags": actions.add_tags or actions.remove_tags,
        "assignee": actions.assign_to_me,
        "status": actions.status,
    }
    steps = [Step("reply", "done", entry.seq)] if has_reply(macro) else []
    if macro.content.note and not steps:
        steps.append(Step("note", "done", entry.seq))
    for name, wanted in asked.items():
        if wanted:
            changed = _FIELDS[name] in entry.changes
            steps.append(Step(name, "done" if changed else "unchanged", entry.seq if changed else None))
    return steps
