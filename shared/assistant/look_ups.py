"""What a model may ask for about the customer it speaks to: reads, with that customer's rights and no others.

Nothing here writes: untrusted input, private data and a side effect never meet without a person.
"""

from collections.abc import Callable
from typing import Any

from shared.assistant.errors import ToolMisused
from shared.assistant.models import Question, Tool, ToolCall
from shared.assistant.shapes import conforms
from shared.identities.caller import Caller
from shared.identities.models import User
from shared.identities.ports import UserReader
from shared.kernel.pages import Position
from shared.kernel.texts import Language
from shared.tickets.ports import TicketFilter
from shared.tickets.queries import TicketQueries
from shared.tickets.states import ACTIVE
from shared.tickets.ticket import Ticket

MOST_TICKETS = 10
"""Told in one result."""
PAGE, PAGES = 50, 4
"""How far back a ticket is looked for; a look-up must not cost more than an answer."""
LONGEST_NUMBER = 20

NOTHING: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
NUMBERED: dict[str, Any] = {
    "type": "object",
    "properties": {"number": {"type": "string"}},
    "required": ["number"],
    "additionalProperties": False,
}
TOOLS = (
    Tool("my_tickets", "The customer's own unsettled tickets: number, subject, state, last change.", NOTHING),
    Tool("ticket_state", "The state of one of the customer's own tickets, by its number.", NUMBERED),
    Tool("my_profile", "The customer's name, language and e-mail address, the address masked.", NOTHING),
)
TABLE = {tool.name: tool for tool in TOOLS}

TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "ticket": 'Ticket {number} "{subject}": {state}, last change {at} UTC.',
        "none": "There are no such tickets.",
        "profile": "Name: {name}. Language: {language}. E-mail address: {email}.",
    },
    "zh": {
        "ticket": "工单 {number}“{subject}”：{state}，最近更新时间 {at} UTC。",
        "none": "没有这样的工单。",
        "profile": "姓名：{name}。语言：{language}。电子邮箱：{email}。",
    },
}
STATES: dict[Language, dict[str, str]] = {
    "en": {"on_hold": "on hold"},
    "zh": {
        "new": "新建",
        "open": "处理中",
        "pending": "等待您的回复",
        "on_hold": "暂停",
        "resolved": "已解决",
        "closed": "已关闭",
    },
}


class CustomerTools:
    """Toolbox port. Whose data is read is told by the question's `customer_id`, which comes from the session."""

    def __init__(self, tickets: TicketQueries, users: UserReader) -> None:
        self._tickets = tickets
        self._users = users

    def call(self, call: ToolCall, question: Question) -> str:
        """What the tool tells, in the question's language; ToolMisused, and what the stores raise."""
        check_call(call)
        caller = Caller(question.customer_id, "customer", "")
        if call.name == "my_profile":
            return told_profile(self._users.get(caller.id), question.language)
        if call.name == "ticket_state":
            wanted = call.arguments["number"].strip().lstrip("#")
            found = self._own(caller, lambda ticket: ticket.number == wanted, 1)
        else:
            found = self._own(caller, lambda ticket: ticket.status in ACTIVE, MOST_TICKETS)
        return "\n".join(told_ticket(ticket, question.language) for ticket in found) or TEXTS[question.language]["none"]

    def _own(self, caller: Caller, wanted: Callable[[Ticket], bool], most: int) -> list[Ticket]:
        found: list[Ticket] = []
        after: Position | None = None
        for _ in range(PAGES):
            page = self._tickets.page(TicketFilter(requester_id=caller.id), caller, PAGE, after)
            found += [ticket for ticket in page.items if ticket.requester_id == caller.id and wanted(ticket)]
            after = page.next
            if after is None or len(found) >= most:
                break
        return found[:most]


def check_call(call: ToolCall) -> None:
    """ToolMisused unless it is a tool of ours with arguments of its form."""
    tool = TABLE.get(call.name)
    if tool is None:
        raise ToolMisused(why="unknown_tool")
    if not conforms(call.arguments, tool.parameters) or len(call.arguments.get("number", "")) > LONGEST_NUMBER:
        raise ToolMisused(why="arguments")


def told_ticket(ticket: Ticket, language: Language) -> str:
    """One line."""
    state = STATES[language].get(ticket.status, ticket.status)
    at = f"{ticket.updated_at:%Y-%m-%d %H:%M}"
    subject = " ".join(ticket.subject.split())
    return TEXTS[language]["ticket"].format(number=ticket.number, subject=subject, state=state, at=at)


def told_profile(user: User, language: Language) -> str:
    """One line, the address by its first letter and its domain."""
    name, _, domain = user.email.partition("@")
    email = f"{name[:1]}***@{domain}"
    return TEXTS[language]["profile"].format(name=" ".join(user.name.split()), language=user.language, email=email)
