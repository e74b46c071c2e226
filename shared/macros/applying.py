"""Applying a macro: at most two writes, each once per key, so that a repeat resumes and never doubles."""

import hashlib
from dataclasses import dataclass, replace

from shared.identities.caller import Caller
from shared.identities.ports import UserReader
from shared.kernel.errors import DomainError, NotFound, PersonErased, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.texts import Language
from shared.macros.models import USE, Macro
from shared.macros.planning import Names, Rendered, Step, first_write, has_reply, needed, rendered, told
from shared.macros.ports import Applications, MacroReader
from shared.tickets import acts
from shared.tickets.access import visible
from shared.tickets.committing import ATTEMPTS, Committer
from shared.tickets.errors import TicketClosed
from shared.tickets.ports import TicketReader
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Author


@dataclass(frozen=True, slots=True)
class Applied:
    """The ticket after a macro, and what came of each step."""

    macro: Macro
    ticket: Ticket
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written and done now; `refused_by` is the code of what would refuse the whole."""

    language: Language
    texts: Rendered
    steps: list[Step]
    refused_by: str | None


class Speaking:
    """Finds who is spoken to, and in which language."""

    def __init__(self, users: UserReader) -> None:
        self._users = users

    def names(self, macro: Macro, ticket: Ticket, caller: Caller) -> Names:
        """Only what the texts ask for is read. The ticket's language, else the customer's own, else Chinese."""
        texts = "".join(filter(None, (macro.content.reply.zh, macro.content.reply.en, macro.content.note)))
        known = ticket.language in ("zh", "en")
        customer = self._find(ticket.requester_id) if texts and (not known or "customer." in texts) else None
        agent = self._find(caller.id) if "agent." in texts else None
        spoken: Language = "en" if ticket.language == "en" else "zh"
        language = customer[1] if customer and not known else spoken
        return Names(language, customer[0] if customer else None, agent[0] if agent else None)

    def _find(self, user_id: str) -> tuple[str, Language] | None:
        try:
            user = self._users.get(user_id)
        except NotFound:
            return None
        return None if user.erased_at else (user.name, user.language)


class Previewing:
    """Shows what a macro would do."""

    def __init__(self, macros: MacroReader, tickets: TicketReader, speaking: Speaking) -> None:
        self._macros = macros
        self._tickets = tickets
        self._speaking = speaking

    def preview(self, macro_id: str, ticket_id: str, caller: Caller) -> Preview:
        """By the very rules of applying; writes nothing. NotFound."""
        caller.require(USE)
        macro = self._macros.get(macro_id, caller.id).macro
        ticket = visible(self._tickets.get(ticket_id), caller)
        names = self._speaking.names(macro, ticket, caller)
        texts = rendered(macro.content, ticket, names)
        author = Author(caller.id, caller.role)
        try:
            written = first_write(macro, ticket, names, "", author, ticket.updated_at, None)
        except DomainError as error:
            return Preview(names.language, texts, [], error.code)
        steps = told(macro, written.entry)
        if has_reply(macro) and texts.note is not None:
            steps.insert(1, Step("note", "done"))
        return Preview(names.language, texts, [replace(step, seq=None) for step in steps], None)


class Applying:
    """Applies macros."""

    def __init__(
        self, committer: Committer, macros: MacroReader, applications: Applications, speaking: Speaking
    ) -> None:
        self._committer = committer
        self._macros = macros
        self._applications = applications
        self._speaking = speaking

    def apply(self, ticket_id: str, macro_id: str, after_seq: int | None, caller: Caller, once: Once | None) -> Applied:
        """Reply or note and every change in one write, a note besides a reply in a second; then it is counted.

        NotFound, Forbidden, and whatever one of the steps alone would refuse: then nothing is written.
        """
        caller.require(USE)
        macro = self._fixed(macro_id, caller, once)
        for permission in needed(macro):
            caller.require(permission)
        read = visible(self._committer.store.get(ticket_id), caller)
        names = self._speaking.names(macro, read, caller)
        author, entry_id = Author(caller.id, caller.role), self._entry_id(macro)
        written = self._committer.change(
            ticket_id,
            lambda ticket, at: first_write(macro, visible(ticket, caller), names, entry_id, author, at, after_seq),
            once=once,
            read=read,
        )
        ticket, steps = written.ticket, told(macro, written.entry)
        if has_reply(macro) and macro.content.note:
            ticket, step = self._note(macro, read, names, author, once, ticket)
            steps.insert(1, step)
        self._count(macro, once)
        return Applied(macro, ticket, steps)

    def _fixed(self, macro_id: str, caller: Caller, once: Once | None) -> Macro:
        """The macro as the first request found it: a repeat ends what was begun, whatever became of the macro."""
        begun = self._applications.begun(once) if once else None
        if begun is not None:
            return begun
        macro = self._macros.get(macro_id, caller.id).macro
        return self._applications.begin(once, macro, self._committer.clock.now()) if once else macro

    def _entry_id(self, macro: Macro) -> str:
        return self._committer.ids.new("msg" if has_reply(macro) or macro.content.note else "evt")

    def _note(
        self, macro: Macro, read: Ticket, names: Names, author: Author, once: Once | None, after: Ticket
    ) -> tuple[Ticket, Step]:
        text = rendered(macro.content, read, names).note or ""
        entry_id = self._committer.ids.new("msg")
        try:
            written = self._committer.change(
                read.id,
                lambda ticket, at: acts.add_note(ticket, entry_id, author, text, at),
                once=_second(once) if once else None,
            )
        except (TicketClosed, PersonErased) as error:
            # The reply is out; between the two somebody ended the ticket.
            return after, Step("note", "refused", code=error.code)
        return written.ticket, Step("note", "done", written.entry.seq)

    def _count(self, macro: Macro, once: Once | None) -> None:
        for attempt in range(ATTEMPTS):
            if self._applications.count(macro, self._committer.clock.now(), once):
                return
            self._committer.pause(attempt)
        raise WriteContention


def _second(once: Once) -> Once:
    return replace(once, key=hashlib.sha256(f"{once.key}#note".encode()).hexdigest())
