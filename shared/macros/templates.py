"""Templates with a closed set of placeholders: filled by one pass of substitution, never evaluated."""

import re

from shared.kernel.texts import Language
from shared.macros.errors import TooManyPlaceholders, UnknownPlaceholder
from shared.tickets.ticket import Ticket

KNOWN: dict[str, str] = {
    "ticket.number": "the ticket's number",
    "ticket.subject": "its subject",
    "ticket.category": "its category",
    "ticket.priority": "its priority, in the language of the text",
    "ticket.status": "its status before the macro, in the language of the text",
    "customer.name": "the name of the customer who opened it",
    "agent.name": "the name of whoever applies the macro",
}
MOST_PLACEHOLDERS = 50
"""A value has 200 characters at most and a template 4,000, so what is filled in fits into a message of 20,000."""
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_OPEN = re.compile(r"\{\{.{0,40}", re.DOTALL)
_PRIORITIES = {"low": "低", "normal": "普通", "high": "高", "urgent": "紧急"}
_STATUSES = {
    "new": "新建",
    "open": "处理中",
    "pending": "等待客户",
    "on_hold": "暂停",
    "resolved": "已解决",
    "closed": "已关闭",
}
NOBODY: dict[Language, str] = {"zh": "客户", "en": "customer"}
"""What a person is called whose name is gone."""


def check(template: str, field: str) -> None:
    """UnknownPlaceholder, which names the first that is not in the set; TooManyPlaceholders."""
    names = _PLACE.findall(template)
    left = _OPEN.search(_PLACE.sub("", template))
    wrong = next((f"{{{{{name[:60]}}}}}" for name in names if name not in KNOWN), left[0] if left else None)
    if wrong is not None:
        raise UnknownPlaceholder(placeholder=wrong, field=field, known=", ".join(KNOWN))
    if len(names) > MOST_PLACEHOLDERS:
        raise TooManyPlaceholders(most=MOST_PLACEHOLDERS, field=field)


def fill(template: str, values: dict[str, str]) -> str:
    """The text. A value that looks like a placeholder stays as it is: what was put in is not looked at again."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), template)


def values_of(ticket: Ticket, customer: str | None, agent: str | None, language: Language) -> dict[str, str]:
    """What stands for each placeholder."""
    chinese = language == "zh"
    return {
        "ticket.number": ticket.number,
        "ticket.subject": ticket.subject,
        "ticket.category": ticket.category,
        "ticket.priority": _PRIORITIES[ticket.priority] if chinese else ticket.priority,
        "ticket.status": _STATUSES[ticket.status] if chinese else ticket.status.replace("_", " "),
        "customer.name": customer or NOBODY[language],
        "agent.name": agent or "",
    }
