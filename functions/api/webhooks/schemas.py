"""Bodies and views of webhooks."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from shared.web.fields import WITHOUT_NUL, Time
from shared.web.replies import LEFT_OUT, Body, Patch, View
from shared.webhooks.events import BY_DEFAULT, EventName
from shared.webhooks.log import Again
from shared.webhooks.models import Attempt, Delivery, Endpoint
from shared.webhooks.registering import NewEndpoint, Revealed

StatusOfDelivery = Literal["pending", "delivered", "failed"]
Url = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, pattern=WITHOUT_NUL),
    Field(examples=["https://hooks.example.com/customer-service"]),
]
Description = Annotated[str, StringConstraints(max_length=200, pattern=WITHOUT_NUL), Field(examples=["CRM"])]
Events = Annotated[list[EventName], Field(min_length=1, max_length=4)]


class WebhookCreate(Body):
    """Where messages go, and which. `include_content` adds what people wrote, opened only while it is sent."""

    url: Url
    description: Description = ""
    events: Events = Field(default=[*BY_DEFAULT])
    include_content: bool = False

    def to_new(self) -> NewEndpoint:
        """In the domain's terms."""
        return NewEndpoint(self.url, self.description, tuple(dict.fromkeys(self.events)), self.include_content)


class WebhookUpdate(Patch):
    """Fields to change; those left out stay. Enabling begins anew: what failed before is sent on request."""

    url: Url = LEFT_OUT
    description: Description = LEFT_OUT
    events: Events = LEFT_OUT
    include_content: bool = LEFT_OUT
    enabled: bool = LEFT_OUT

    def changes(self) -> dict[str, Any]:
        """What was named."""
        named = self.model_dump(exclude_unset=True)
        return named | ({"events": tuple(dict.fromkeys(named["events"]))} if "events" in named else {})


class RedeliverFailed(Body):
    """What failed of the entries written since then."""

    since: Annotated[AwareDatetime, Field(strict=False, examples=["2026-11-23T08:00:00.000Z"])]

    def to_instant(self) -> datetime:
        """The instant."""
        return self.since


class WebhookView(View):
    """An endpoint. `disabled_reason`: it answered 410 (`gone`), or took nothing for five days (`failing`)."""

    id: str = Field(examples=["whk_01kb1x2y3z4a5b6c7d8e9f0g1h"])
    url: str
    description: str
    events: list[EventName]
    include_content: bool
    enabled: bool
    disabled_reason: Literal["gone", "failing"] | None
    failing_since: Time | None
    previous_secret_until: Time | None
    created_at: Time
    updated_at: Time
    version: int

    @classmethod
    def of(cls, endpoint: Endpoint) -> "WebhookView":
        """The view of an endpoint, without its secret."""
        return cls(**_shown(endpoint))


class WebhookSecretView(WebhookView):
    """An endpoint with its secret, which is shown this once."""

    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])

    @classmethod
    def revealed(cls, revealed: Revealed) -> "WebhookSecretView":
        """The view of a new secret."""
        return cls(**_shown(revealed.endpoint), secret=revealed.secret)


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "url": endpoint.url,
        "description": endpoint.description,
        "events": list(endpoint.events),
        "include_content": endpoint.include_content,
        "enabled": endpoint.enabled,
        "disabled_reason": endpoint.disabled_reason,
        "failing_since": endpoint.failing_since,
        "previous_secret_until": endpoint.previous_until,
        "created_at": endpoint.created_at,
        "updated_at": endpoint.updated_at,
        "version": endpoint.version,
    }


class WebhookPage(View):
    """A page of endpoints, oldest first."""

    items: list[WebhookView]
    next_cursor: str | None


class AttemptView(View):
    """One call: the receiver's status, or the error's code where there was no good answer."""

    at: Time
    status: int | None
    error: str | None
    duration_ms: int

    @classmethod
    def of(cls, attempt: Attempt) -> "AttemptView":
        """The view of an attempt."""
        return cls(at=attempt.at, status=attempt.status, error=attempt.error, duration_ms=attempt.duration_ms)


class DeliveryView(View):
    """A message to an endpoint; `id` is its `webhook-id`. The last twenty attempts are told."""

    id: str = Field(examples=["msg_01kb1x2y3z4a5b6c7d8e9f0g1h"])
    type: str
    status: StatusOfDelivery
    error: str | None
    ticket_id: str | None
    seq: int | None
    created_at: Time
    next_at: Time | None
    attempts: list[AttemptView]

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryView":
        """The view of a delivery."""
        return cls(
            id=delivery.id,
            type=delivery.type,
            status=delivery.status,
            error=delivery.error,
            ticket_id=delivery.ticket_id,
            seq=delivery.seq,
            created_at=delivery.created_at,
            next_at=delivery.next_at if delivery.status == "pending" else None,
            attempts=[AttemptView.of(each) for each in delivery.attempts],
        )


class DeliveryPage(View):
    """A page of deliveries, newest first."""

    items: list[DeliveryView]
    next_cursor: str | None


class AgainView(View):
    """How many are sent again; while `more` are left, ask again."""

    queued: int
    more: bool

    @classmethod
    def of(cls, again: Again) -> "AgainView":
        """The view of what was queued."""
        return cls(queued=again.queued, more=again.more)
