"""A macro: a reply, a note and changes of a ticket under one name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shared.kernel.texts import Language
from shared.tickets.states import Priority

Scope = Literal["personal", "team", "global"]
MacroStatus = Literal["open", "pending", "on_hold", "resolved"]
"""Not `closed`: that ends a ticket for good, and is a person's decision about that ticket."""
USE = "macros.use"
MANAGE = "macros.manage"
MOST_SHARED = 300
MOST_PERSONAL = 100
"""A list is read whole and sorted by use, so there are few; two requests at once may pass it by one."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A template in one language or in both."""

    zh: str | None = None
    en: str | None = None

    def nearest(self, language: Language) -> str | None:
        """In that language, else in the other."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Actions:
    """What is changed of the ticket; None and empty leave it."""

    priority: Priority | None = None
    category: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    status: MacroStatus | None = None
    assign_to_me: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What people write down as a macro."""

    name: str
    shortcut: str | None = None
    reply: Texts = field(default_factory=Texts)
    note: str | None = None
    actions: Actions = field(default_factory=Actions)


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro as kept. Its use is counted apart: being used makes nobody's ETag stale."""

    id: str
    scope: Scope
    owner_id: str
    """Who made it; a personal one is theirs alone."""
    team_id: str | None
    content: Content
    created_at: datetime
    updated_at: datetime
    updated_by: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Used:
    """A macro with how often it was applied."""

    macro: Macro
    uses: int = 0
    last_used_at: datetime | None = None
