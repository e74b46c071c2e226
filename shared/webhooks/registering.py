"""Endpoints, on behalf of administrators. A secret is shown when it is made, and never again."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from shared.identities.caller import Caller
from shared.kernel.errors import StaleVersion, WriteContention
from shared.kernel.idempotency import Once
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock, Ids
from shared.webhooks.addresses import target_of
from shared.webhooks.errors import MadeBefore, TooManyEndpoints
from shared.webhooks.events import BY_DEFAULT
from shared.webhooks.models import Endpoint
from shared.webhooks.ports import EndpointReader, Endpoints, SecretOpener, SecretSealer
from shared.webhooks.signing import SECRET_BYTES, secret_of

PERMISSION = "webhooks.manage"
MOST_ENDPOINTS = 50
"""Read with every entry, so few; two requests at once may pass it by one."""
OLD_SIGNS_FOR = timedelta(hours=24)
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """What somebody asks for."""

    url: str
    description: str = ""
    events: tuple[str, ...] = BY_DEFAULT
    include_content: bool = False


@dataclass(frozen=True, slots=True)
class Revealed:
    """An endpoint with its secret in the clear, for the one answer that shows it."""

    endpoint: Endpoint
    secret: str


class EndpointList:
    """Reads endpoints."""

    def __init__(self, endpoints: EndpointReader) -> None:
        self._endpoints = endpoints

    def page(self, caller: Caller, limit: int, after: Position | None) -> Page[Endpoint]:
        """Oldest first."""
        caller.require(PERMISSION)
        rest = [each for each in self._endpoints.all() if after is None or each.id > after[0]]
        return Page(rest[:limit], (rest[limit - 1].id,) if len(rest) > limit else None)

    def get(self, endpoint_id: str, caller: Caller) -> Endpoint:
        """The endpoint; NotFound."""
        caller.require(PERMISSION)
        return self._endpoints.get(endpoint_id)


class EndpointDesk:
    """Changes endpoints; none of it needs a secret."""

    def __init__(self, endpoints: Endpoints, clock: Clock, private_hosts: frozenset[str]) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._private_hosts = private_hosts

    def update(self, endpoint_id: str, changes: dict[str, Any], caller: Caller, version: int | None) -> Endpoint:
        """With those fields changed. Enabled again, it begins without its past. NotFound, UnsafeUrl, StaleVersion."""
        caller.require(PERMISSION)
        if "url" in changes:
            target_of(changes["url"], self._private_hosts)
        if changes.get("enabled"):
            changes = changes | {"disabled_reason": None, "failing_since": None}
        return changed(
            self._endpoints,
            endpoint_id,
            lambda before: replace(before, **changes, updated_at=self._clock.now()),
            version,
        )

    def remove(self, endpoint_id: str, caller: Caller) -> None:
        """Forget it; what is still to be sent to it will fail. NotFound."""
        caller.require(PERMISSION)
        self._endpoints.remove(self._endpoints.get(endpoint_id).id)


class EndpointSecrets:
    """Makes endpoints and their secrets."""

    def __init__(
        self,
        endpoints: Endpoints,
        sealer: SecretSealer,
        opener: SecretOpener,
        clock: Clock,
        ids: Ids,
        private_hosts: frozenset[str],
    ) -> None:
        self._endpoints = endpoints
        self._sealer = sealer
        self._opener = opener
        self._clock = clock
        self._ids = ids
        self._private_hosts = private_hosts

    def create(self, new: NewEndpoint, caller: Caller, once: Once | None = None) -> Revealed:
        """A new endpoint; the one made before under the same key. UnsafeUrl, TooManyEndpoints."""
        caller.require(PERMISSION)
        target_of(new.url, self._private_hosts)
        count = len(self._endpoints.all())
        if count >= MOST_ENDPOINTS:
            raise TooManyEndpoints(count=count)
        secret, endpoint_id, now = self._fresh(), self._ids.new("whk"), self._clock.now()
        sealed = self._sealer.seal(endpoint_id, secret)
        made = Endpoint(
            endpoint_id,
            new.url,
            new.description,
            new.events,
            new.include_content,
            sealed,
            created_at=now,
            updated_at=now,
        )
        try:
            self._endpoints.add(made, once)
        except MadeBefore as before:
            earlier = self._endpoints.get(before.endpoint_id)
            return Revealed(earlier, self._opener.open(earlier.id, earlier.secret))
        return Revealed(made, secret)

    def rotate(self, endpoint_id: str, caller: Caller) -> Revealed:
        """A new secret; the one before signs too for a day. NotFound."""
        caller.require(PERMISSION)
        secret, now = self._fresh(), self._clock.now()
        sealed = self._sealer.seal(self._endpoints.get(endpoint_id).id, secret)
        after = changed(
            self._endpoints,
            endpoint_id,
            lambda before: replace(
                before,
                secret=sealed,
                previous_secret=before.secret,
                previous_until=now + OLD_SIGNS_FOR,
                updated_at=now,
            ),
        )
        return Revealed(after, secret)

    def _fresh(self) -> str:
        return secret_of(self._ids.raw(SECRET_BYTES))


def changed(
    endpoints: Endpoints, endpoint_id: str, change: Callable[[Endpoint], Endpoint], version: int | None = None
) -> Endpoint:
    """What is stored after the change, made to whatever is stored now. NotFound, StaleVersion, WriteContention."""
    for _ in range(ATTEMPTS):
        before = endpoints.get(endpoint_id)
        if version is not None and before.version != version:
            raise StaleVersion
        after = replace(change(before), version=before.version + 1)
        if endpoints.swap(before, after):
            return after
    raise WriteContention
