"""The message itself, made when it is sent: queues and tables hold ids only."""

from collections.abc import Mapping

from shared.kernel.ports import Clock
from shared.tickets.ports import TicketReader
from shared.webhooks.events import body_of, told
from shared.webhooks.models import Delivery, Endpoint
from shared.webhooks.ports import SecretOpener
from shared.webhooks.signing import signed_headers

AGENT = "smart-customer-service-webhooks/1"


class Composer:
    """Reads the entry anew, and signs. `rows` are tickets as they are kept, sealed; `tickets` opens their words."""

    def __init__(self, rows: TicketReader, tickets: TicketReader, opener: SecretOpener, clock: Clock) -> None:
        self._rows = rows
        self._tickets = tickets
        self._opener = opener
        self._clock = clock

    def message(self, endpoint: Endpoint, delivery: Delivery) -> tuple[Mapping[str, str], bytes]:
        """Headers and body. NotFound where the entry is not there, and whatever opening raises."""
        body = self._body(endpoint, delivery)
        now = self._clock.now()
        secrets = [self._opener.open(endpoint.id, sealed) for sealed in endpoint.secrets(now)]
        headers = {"content-type": "application/json", "user-agent": AGENT}
        return headers | signed_headers(delivery.id, now, body, secrets), body

    def _body(self, endpoint: Endpoint, delivery: Delivery) -> bytes:
        if delivery.ticket_id is None or delivery.seq is None:
            return body_of(delivery.type, delivery.created_at, {"webhook_id": endpoint.id})
        # Only who asked for words makes this process open any.
        reader = self._tickets if endpoint.include_content else self._rows
        entry = reader.entry(delivery.ticket_id, delivery.seq)
        return body_of(delivery.type, entry.at, told(entry, endpoint.include_content))
