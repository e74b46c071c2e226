"""Where test questions are kept."""

from typing import Protocol

from shared.assistant.golden import GoldenQuestion
from shared.kernel.pages import Page, Position


class GoldenReader(Protocol):
    """Reads test questions."""

    def get(self, question_id: str) -> GoldenQuestion:
        """The question; NotFound."""

    def page(self, limit: int, after: Position | None) -> Page[GoldenQuestion]:
        """By id; a position is the last id given."""


class GoldenStore(GoldenReader, Protocol):
    """Also writes."""

    def add(self, question: GoldenQuestion) -> bool:
        """Whether it was written; one that is there stays."""

    def swap(self, before: GoldenQuestion, after: GoldenQuestion) -> bool:
        """Whether `after` was written: only over that version of `before`."""

    def remove(self, question_id: str) -> None:
        """Delete it; NotFound."""
