"""The connection to the cache: short timeouts, and a rest after a failure so that a dead cache costs almost nothing."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from shared.adapters.redis.errors import CacheDown, CacheRefused, translated

_log = logging.getLogger(__name__)


class CacheConnection:
    """A lazily made client of `redis://` or `rediss://` (TLS); `?cluster=1` in the URL speaks the cluster protocol.

    `timeout` is in seconds, for connecting and for each answer. After a failure every use fails at once for `cool_down`
    seconds; then one caller tries again while the others still fail at once. So a dead cache costs one timeout now and
    then, not one per request.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 0.3,
        cool_down: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._timeout = timeout
        self._cool_down = cool_down
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._client: Any = None
        self._resting_until: float | None = None

    @contextmanager
    def use(self) -> Iterator[Any]:
        """The client; CacheDown or CacheRefused for whatever goes wrong with it."""
        self._refuse_while_resting()
        try:
            with translated():
                yield self._connected()
        except (CacheDown, CacheRefused) as error:
            self._rest(error)
            raise
        self._resting_until = None

    def ping(self) -> bool:
        """Whether the cache answers now; for readiness reports, which must not depend on it."""
        try:
            with self.use() as client:
                return bool(client.ping())
        except (CacheDown, CacheRefused):
            return False

    def close(self) -> None:
        """Give the sockets back."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _refuse_while_resting(self) -> None:
        if self._resting_until is None:
            return
        with self._lock:
            now = self._monotonic()
            if self._resting_until is not None and now < self._resting_until:
                raise CacheDown
            self._resting_until = now + self._cool_down

    def _rest(self, error: Exception) -> None:
        with self._lock:
            self._resting_until = self._monotonic() + self._cool_down
        cause = type(error.__cause__ or error).__name__
        _log.warning("cache not used for %.0f s: %s", self._cool_down, cause)

    def _connected(self) -> Any:
        if self._client is None:
            with self._lock:
                self._client = self._client or self._connect()
        return self._client

    def _connect(self) -> Any:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        from shared.adapters.redis.patience import PatientCluster, PatientPool

        url, cluster = _split(self._url)
        options: dict[str, Any] = {
            "socket_timeout": self._timeout,
            "socket_connect_timeout": self._timeout,
            # RESP2 needs no HELLO, which would cost another round trip for each connection.
            "protocol": 2,
        }
        if cluster:
            return PatientCluster.from_url(url, retry=Retry(NoBackoff(), 1), require_full_coverage=False, **options)
        # Once more at once where the server has closed an idle connection; a timeout is not repeated.
        retry = Retry(NoBackoff(), 1, (redis.ConnectionError,))
        return redis.Redis.from_pool(PatientPool.from_url(url, retry=retry, **options))


def _split(url: str) -> tuple[str, bool]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    cluster = query.pop("cluster", "") in ("1", "true", "yes")
    return urlunsplit(parts._replace(query=urlencode(query))), cluster
