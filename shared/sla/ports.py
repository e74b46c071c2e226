"""What service levels need of a store and of a source of holidays."""

from dataclasses import dataclass
from typing import Protocol

from shared.sla.book import Book


class BookReader(Protocol):
    """Reads versions."""

    def latest(self) -> Book | None:
        """The newest version, None before the first."""

    def version(self, number: int) -> Book:
        """That version; NotFound."""


class BookStore(BookReader, Protocol):
    """Also writes them."""

    def add(self, book: Book) -> bool:
        """Keep a new version for good; False when somebody else wrote one of that number first."""


@dataclass(frozen=True, slots=True)
class PublicDays:
    """A country's public holidays and make-up workdays, ISO dates, and the years nothing is known of."""

    off: tuple[str, ...]
    instead: tuple[str, ...]
    unannounced: tuple[int, ...]


class Holidays(Protocol):
    """A source of public holidays."""

    def countries(self) -> frozenset[str]:
        """ISO 3166 codes it knows."""

    def of(self, country: str, years: range) -> PublicDays:
        """The days of those years."""
