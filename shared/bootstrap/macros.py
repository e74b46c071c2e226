"""Macros and canned replies."""

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.macros.applying import Applying, Previewing, Speaking
from shared.macros.desk import MacroDesk, MacroList
from shared.macros.ports import Applications, MacroReader, Macros
from shared.topology import grants

BOTH = (*grants.read("desk"), *grants.write("desk"))


@provides(*grants.read("desk"), uses=("transport",))
def macro_reader(wired: Wired) -> MacroReader:
    """Macros to read."""
    from shared.adapters.dynamodb.macros import DynamoMacroReader

    return table(DynamoMacroReader, wired, "desk")


@provides(*BOTH, uses=("transport",))
def macro_store(wired: Wired) -> Macros:
    """Macros to read and write."""
    from shared.adapters.dynamodb.macros import DynamoMacros

    return table(DynamoMacros, wired, "desk")


@provides(*BOTH, uses=("transport",))
def macro_applications(wired: Wired) -> Applications:
    """What requests applied."""
    from shared.adapters.dynamodb.macros import DynamoApplications

    return table(DynamoApplications, wired, "desk")


@provides(uses=("macro_reader",))
def macro_list(wired: Wired) -> MacroList:
    """Reads macros."""
    return MacroList(wired.resolve("macro_reader"))


@provides(uses=("macro_store", "clock", "ids"))
def macro_desk(wired: Wired) -> MacroDesk:
    """Changes macros."""
    return MacroDesk(*map(wired.resolve, ("macro_store", "clock", "ids")))


@provides(uses=("user_reader",))
def macro_speaking(wired: Wired) -> Speaking:
    """Who is spoken to."""
    return Speaking(wired.resolve("user_reader"))


@provides(uses=("macro_reader", "ticket_reader", "macro_speaking"))
def macro_previewing(wired: Wired) -> Previewing:
    """Shows what a macro would do."""
    return Previewing(*map(wired.resolve, ("macro_reader", "ticket_reader", "macro_speaking")))


@provides(uses=("committer", "macro_reader", "macro_applications", "macro_speaking"))
def macro_applying(wired: Wired) -> Applying:
    """Applies macros."""
    return Applying(*map(wired.resolve, ("committer", "macro_reader", "macro_applications", "macro_speaking")))
