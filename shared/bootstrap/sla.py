"""Service levels."""

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.sla.desk import BookDesk, BookList
from shared.sla.keeping import AlarmSweeper, Books, KeptPromises
from shared.sla.ports import BookReader, BookStore, Holidays
from shared.tickets.committing import Committer
from shared.topology import grants


@provides(*grants.read("desk"), uses=("transport",))
def book_reader(wired: Wired) -> BookReader:
    """Service levels to read."""
    from shared.adapters.dynamodb.books import DynamoBooks

    return table(DynamoBooks, wired, "desk")


@provides(*grants.read("desk"), *grants.write("desk"), uses=("transport",))
def book_store(wired: Wired) -> BookStore:
    """Service levels to change."""
    from shared.adapters.dynamodb.books import DynamoBooks

    return table(DynamoBooks, wired, "desk")


@provides()
def public_holidays(wired: Wired) -> Holidays:
    """The libraries."""
    from shared.adapters.holidays.days import LibraryHolidays

    return LibraryHolidays()


@provides(uses=("book_reader", "clock"))
def books(wired: Wired) -> Books:
    """Versions in memory."""
    return Books(wired.resolve("book_reader"), wired.resolve("clock"))


@provides(uses=("books",))
def promises(wired: Wired) -> KeptPromises:
    """Due times."""
    return KeptPromises(wired.resolve("books"))


@provides(uses=("book_reader", "clock"))
def book_list(wired: Wired) -> BookList:
    """Reads the book."""
    return BookList(wired.resolve("book_reader"), wired.resolve("clock"))


@provides(uses=("book_store", "public_holidays", "clock"))
def book_desk(wired: Wired) -> BookDesk:
    """Writes the book."""
    return BookDesk(*map(wired.resolve, ("book_store", "public_holidays", "clock")))


@provides(uses=("ticket_row_store", "books", "clock", "ids"))
def alarm_sweeper(wired: Wired) -> AlarmSweeper:
    """Tells warnings and breaches, on tickets as they are kept, sealed."""
    rows, clock = wired.resolve("ticket_row_store"), wired.resolve("clock")
    return AlarmSweeper(rows, Committer(rows, clock, wired.resolve("ids")), wired.resolve("books"), clock)
