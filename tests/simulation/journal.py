"""What people asked for and were told, to be held against what is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Asked:
    """One request under one idempotency key, however often it was sent."""

    who: str
    op: str
    key: str
    content: str
    work: Callable[[], Any]
    """Sends it again, as it was."""
    value: Any = None
    """The first acknowledgement."""
    refused: str | None = None
    after_seq: int | None = None

    @property
    def acknowledged(self) -> bool:
        """Whether the client was told that it is stored."""
        return self.value is not None


@dataclass
class Command:
    """A change of a ticket under If-Match."""

    who: str
    ticket_id: str
    event: str
    acknowledged: bool = False


@dataclass
class Exchange:
    """A refresh token that was shown."""

    who: str
    token: str
    started: float
    ended: float | None = None
    fresh: str | None = None
    refused: str | None = None

    @property
    def session(self) -> str:
        """The family."""
        return self.token.partition(".")[0]


@dataclass
class Journal:
    """Everything of one schedule."""

    asked: list[Asked] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    handled: set[tuple[str, int]] = field(default_factory=set)
    """Entries the stream's consumer finished."""
    erased: set[str] = field(default_factory=set)
    """People somebody asked to have erased."""
    screens: set[str] = field(default_factory=set)
    """Sessions that only open screens."""
    violations: list[str] = field(default_factory=list)

    def violated(self, rule: str, detail: str) -> None:
        """One promise broken."""
        self.violations.append(f"{rule}: {detail}")
