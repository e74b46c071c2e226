"""One row per timer."""

from dataclasses import dataclass

from shared.topology.grants import FILES_FORGET, INDEXING, SEAL_FIELDS, Grant, read, secret, send, write


@dataclass(frozen=True, slots=True)
class Schedule:
    """Runs every `every` seconds; a run that is late or doubled must do no harm."""

    name: str
    every: int
    """Seconds, whole minutes."""
    grants: tuple[Grant, ...]
    memory: int = 512
    timeout: int = 60
    layers: tuple[str, ...] = ("runtime",)

    @property
    def needs(self) -> frozenset[Grant]:
        """Everything the job may touch."""
        return frozenset(self.grants)

    @property
    def module(self) -> str:
        """Dotted path of the module that serves the row."""
        return f"functions.schedules.{self.name}"


ERASING = (
    *SEAL_FIELDS,
    *read("identities", "tickets", "insights"),
    *write("identities", "tickets", "insights"),
    *secret("signing_keys"),
    *FILES_FORGET,
)
"""End an account, close tickets, destroy a key, delete what was derived, sign a certificate."""

SCHEDULES = (
    Schedule(
        "rotate_signing_keys",
        3600,
        (*read("settings"), *write("settings"), *secret("signing_keys"), *secret("signing_keys", "write")),
    ),
    Schedule("renew_keys", 3600, SEAL_FIELDS, timeout=300),
    Schedule("check_index", 3600, INDEXING, memory=1769, timeout=600, layers=("runtime", "ai")),
    Schedule("run_erasures", 60, ERASING),
    Schedule("sweep_turns", 60, (*read("tickets"), *send("ai_turns"))),
    Schedule("sweep_sla", 60, (*read("tickets", "desk"), *write("tickets"))),
    Schedule("extend_holidays", 86_400, (*read("desk"), *write("desk"))),
    Schedule("sweep_webhooks", 60, (*read("webhooks"), *write("webhooks"), *send("webhook_deliveries"))),
)
