"""The memory twin of every store, queue and secret, as replacements for the providers of those names."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shared.adapters.jwt.codec import JwtCodec
from shared.adapters.memory.activity import MemoryActivity
from shared.adapters.memory.answers import MemoryAnswerCommits, MemoryReceipts
from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.memory.attachments import MemoryAttachments, MemoryFiles
from shared.adapters.memory.books import MemoryBooks
from shared.adapters.memory.cache import MemoryCache
from shared.adapters.memory.counters import MemoryCounters
from shared.adapters.memory.dead_letters import MemoryDeadLetters
from shared.adapters.memory.erasures import MemoryAccounts, MemoryErasures
from shared.adapters.memory.golden import MemoryGolden
from shared.adapters.memory.hasher import QuickHasher
from shared.adapters.memory.identities import (
    MemoryCredentials,
    MemoryIdentities,
    MemoryLoginCodes,
    MemorySessionOpening,
    MemorySessions,
    MemoryUsers,
)
from shared.adapters.memory.intents import MemoryIntents
from shared.adapters.memory.keys import MemoryKeys, MemoryKeyService
from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.adapters.memory.macros import MemoryMacros
from shared.adapters.memory.outbox import MemoryOutbox
from shared.adapters.memory.presence import MemoryPresence
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.queue import MemoryQueue
from shared.adapters.memory.signing_keys import MemoryPublicKeys, MemorySigningKeys
from shared.adapters.memory.sockets import MemorySocketTickets
from shared.adapters.memory.spending import MemorySpending
from shared.adapters.memory.tickets import MemoryTickets
from shared.adapters.memory.webhooks import MemoryDeliveries, MemoryEndpoints, MemoryReceivers
from shared.realtime.address import SocketAddress
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry
from shared.webhooks.models import Outcome

FILES = ("files_to_upload", "files_to_keep", "files_to_show", "files_to_forget")
BOOKS = ("book_store", "book_reader")


class Stores:
    """What one deployment keeps."""

    def __init__(self, on_entry: Callable[[Entry], None], articles: MemoryArticles, seed: int) -> None:
        self.clock, self.ids = FixedClock(), SeededIds(seed)
        self.held, self.activity, self.outbox = MemoryIdentities(), MemoryActivity(), MemoryOutbox()
        self.tickets, self.receipts = MemoryTickets(on_entry), MemoryReceipts()
        self.ai_turns, self.login_codes = MemoryQueue(self.clock), MemoryQueue(self.clock)
        self.files = MemoryFiles(self.clock)
        self.keys, self.erasures = MemoryKeys(), MemoryErasures()
        self.public_keys, self.signing_keys = MemoryPublicKeys(), MemorySigningKeys()
        self.articles, self.spending, self.counters = articles, MemorySpending(), MemoryCounters()
        self.intents, self.golden, self.books = MemoryIntents(), MemoryGolden(), MemoryBooks()
        self.macros = MemoryMacros()
        self.endpoints, self.deliveries = MemoryEndpoints(), MemoryDeliveries()
        self.webhook_jobs = MemoryQueue(self.clock)
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self.answer = Outcome(204, None, 1)
        """What receivers say."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """A receiver."""
        self.posted.append((url, dict(headers), body))
        return self.answer

    def make_agent(self, user_id: str) -> None:
        """Done before any log-in, as an admin would."""
        self.held.users[user_id] = replace(self.held.users[user_id], role="agent")

    def state(self) -> str:
        """Everything kept, as text: equal texts, equal states."""
        kept: list[Any] = [
            vars(store)
            for store in (
                self.tickets,
                self.receipts,
                self.activity,
                self.keys,
                self.erasures,
                self.articles,
                self.golden,
                self.endpoints,
                self.macros,
                self.deliveries,
                self.webhook_jobs,
            )
        ]
        kept += [self.files._held, vars(self.held), vars(self.ai_turns), vars(self.login_codes), self.outbox.sent]
        skipped = ("_lock", "lock", "_on_entry", "_clock", "_snapshot")
        return repr(
            [{k: v for k, v in one.items() if k not in skipped} if isinstance(one, dict) else one for one in kept]
        )


class MemoryScreens:
    """Pushes that nobody looks at."""

    def pushed(self, entry: Entry) -> None:
        """Shown to nobody."""

    def show(self, ticket: Ticket, turn: int, first: int, texts: list[str]) -> None:
        """Shown to nobody."""


def _identities(stores: Stores) -> dict[str, Any]:
    users = MemoryUsers(stores.held)
    return {
        "user_row_store": users,
        "user_rows": users,
        "credentials": MemoryCredentials(stores.held),
        "login_codes": MemoryLoginCodes(stores.held),
        "sessions": MemorySessions(stores.held),
        "session_opening": MemorySessionOpening(stores.held, stores.activity),
        "activity_reader": stores.activity,
        "activity_log": stores.activity,
        "activity_store": stores.activity,
        "spending": stores.spending,
        "spending_reader": stores.spending,
        "counters": stores.counters,
        "counter_reader": stores.counters,
        "erasures": stores.erasures,
        "accounts": MemoryAccounts(stores.held),
        "hasher": QuickHasher(),
        "token_codec": JwtCodec("us", "us"),
        "public_keys": stores.public_keys,
        "public_key_store": stores.public_keys,
        "signing_keys": stores.signing_keys,
        "signing_key_store": stores.signing_keys,
        "mailer": stores.outbox,
    }


def _taught(stores: Stores) -> dict[str, Any]:
    return {
        **dict.fromkeys(("intents", "intent_reader"), stores.intents),
        **dict.fromkeys(("golden_store", "golden_reader"), stores.golden),
        **dict.fromkeys(BOOKS, stores.books),
    }


def replacements(stores: Stores, scale: int) -> dict[str, Any]:
    """Stand-ins by provider name; whatever is not named here is the product's own."""
    attachments = MemoryAttachments(stores.tickets)
    return {
        **_identities(stores),
        "clock": stores.clock,
        "ids": stores.ids,
        "monotonic": lambda: 0.0,
        "limits_scale": scale,
        "rate_limiter": MemoryRateLimiter(stores.clock),
        "presence": MemoryPresence(stores.clock),
        "cache": MemoryCache(stores.clock),
        "key_reader": stores.keys,
        "key_store": stores.keys,
        "key_service": MemoryKeyService(),
        "ticket_rows": stores.tickets,
        "ticket_row_store": stores.tickets,
        "attachment_rows": attachments,
        "attachment_row_store": attachments,
        **dict.fromkeys((*FILES, "files_to_index", "files_to_load"), stores.files),
        "ai_turns": stores.ai_turns,
        "login_code_jobs": stores.login_codes,
        "dead_letters": MemoryDeadLetters({"ai_turns": stores.ai_turns, "login_codes": stores.login_codes}),
        **dict.fromkeys(("articles", "article_reader", "article_store", "index_marks"), stores.articles),
        **_taught(stores),
        **dict.fromkeys(("macro_reader", "macro_store", "macro_applications"), stores.macros),
        **dict.fromkeys(("receipt_row_store", "receipt_rows"), stores.receipts),
        "answer_row_commits": MemoryAnswerCommits(stores.tickets, stores.receipts),
        "webhook_endpoint_reader": stores.endpoints,
        "webhook_endpoints": stores.endpoints,
        "deliveries": stores.deliveries,
        "delivery_rows": stores.deliveries,
        "webhook_jobs": stores.webhook_jobs,
        "webhook_receivers": MemoryReceivers(stores.post),
        "socket_tickets": MemorySocketTickets(),
        "socket_address": SocketAddress("wss://help.example.com/ws"),
        "entry_pushes": MemoryScreens(),
        "drafts": MemoryScreens(),
        "model_settings": None,
    }
