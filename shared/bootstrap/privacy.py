"""Erasing people, and telling them everything."""

from datetime import timedelta

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.config import KeySettings, TokenSettings, read
from shared.insights.ports import ActivityStore
from shared.privacy.closing import TicketClosing
from shared.privacy.erasing import Erasing
from shared.privacy.exporting import Exporting
from shared.privacy.ports import Accounts, CertificateSigner, Erasures
from shared.privacy.scrubbing import ActivityScrubber, FileScrubber
from shared.privacy.undoing import Undoing
from shared.tickets.committing import Committer
from shared.topology import grants

BOTH = (*grants.read("identities"), *grants.write("identities"))


@provides(*BOTH, uses=("transport",))
def erasures(wired: Wired) -> Erasures:
    """Where erasures are kept."""
    from shared.adapters.dynamodb.erasures import DynamoErasures

    return table(DynamoErasures, wired, "identities")


@provides(*BOTH, uses=("transport",))
def accounts(wired: Wired) -> Accounts:
    """What makes somebody a user."""
    from shared.adapters.dynamodb.erasures import DynamoAccounts

    return table(DynamoAccounts, wired, "identities")


@provides(*grants.read("insights"), *grants.write("insights"), uses=("transport",))
def activity_store(wired: Wired) -> ActivityStore:
    """What people did, to forget."""
    from shared.adapters.dynamodb.activity import DynamoActivity

    return table(DynamoActivity, wired, "insights")


@provides(uses=("ticket_row_store", "clock", "ids"))
def ticket_closing(wired: Wired) -> TicketClosing:
    """Closes tickets as they are kept, sealed."""
    return TicketClosing(Committer(*map(wired.resolve, ("ticket_row_store", "clock", "ids"))))


@provides(uses=("signing_keys",))
def certificate_signer(wired: Wired) -> CertificateSigner:
    """Signs certificates."""
    from shared.adapters.jwt.certificates import JwsSigner

    return JwsSigner(wired.resolve("signing_keys"), read(TokenSettings).token_issuer)


@provides(uses=("accounts", "sessions", "ticket_closing", "key_store", "clock", "activity_store", "files_to_forget"))
def undoing(wired: Wired) -> Undoing:
    """The acts of an erasure."""
    return Undoing(
        wired.resolve("accounts"),
        wired.resolve("sessions"),
        wired.resolve("ticket_closing"),
        wired.resolve("key_store"),
        wired.resolve("clock"),
        [ActivityScrubber(wired.resolve("activity_store")), FileScrubber(wired.resolve("files_to_forget"))],
    )


@provides(uses=("erasures", "user_rows", "undoing", "certificate_signer", "clock", "ids"))
def erasing(wired: Wired) -> Erasing:
    """Erases people."""
    return Erasing(
        wired.resolve("erasures"),
        wired.resolve("user_rows"),
        wired.resolve("undoing"),
        wired.resolve("certificate_signer"),
        wired.resolve("clock"),
        wired.resolve("ids"),
        timedelta(seconds=read(KeySettings).key_cache_seconds),
    )


@provides(uses=("user_reader", "ticket_reader", "receipt_reader", "activity_reader"))
def exporting(wired: Wired) -> Exporting:
    """Tells people everything."""
    return Exporting(*map(wired.resolve, ("user_reader", "ticket_reader", "receipt_reader", "activity_reader")))
