"""What happens to every request around its route: id, language, token, rate, errors, headers, timing."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from shared.identities.caller import Caller
from shared.kernel.errors import DomainError, Forbidden, NotFound, Unavailable
from shared.kernel.idempotency import Once
from shared.kernel.ids import has_id_shape, new_id
from shared.kernel.texts import Language, preferred_language
from shared.kernel.wiring import Wiring
from shared.topology.routes import PUBLIC, USER, Route
from shared.web import conditions
from shared.web.bodies import read_body, with_body
from shared.web.limits import POLICIES, RateLimited, headers_of
from shared.web.problems import InvalidContent, MalformedJson, problem

LOG = logging.getLogger("scs.web")
ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Vary": "Accept-Language"}


class Observer(Protocol):
    """Hears of every answered request; for metrics."""

    def answered(self, row: str, route: str, method: str, status: int, seconds: float) -> None:
        """One request; `route` is the path with its parameters' names."""


@dataclass(slots=True)
class Scope:
    """What is known of a request; kept in `request.state.scope`."""

    request_id: str
    language: Language
    wiring: Wiring
    caller: Caller | None = None
    once: Once | None = None
    if_match: int | None = None
    headers: dict[str, str] | None = None
    base_url: str = ""


Handler = Callable[[Request], Awaitable[Response]]


class Pipeline:
    """Wraps one row's handler. `inline` runs blocking parts on the loop, as suits a Lambda's one request at a time."""

    def __init__(self, row: Route, wiring: Wiring, inline: bool, observer: Observer | None) -> None:
        self._row = row
        self._wiring = wiring
        self._inline = inline
        self._observer = observer

    def around(self, handler: Handler) -> Handler:
        """The handler with everything around it."""

        async def handle(request: Request) -> Response:
            started = time.perf_counter()
            language = preferred_language(request.headers.get("accept-language"))
            scope = Scope(new_id("req"), language, self._wiring, base_url=str(request.base_url))
            request.state.scope = scope
            response = await self._answer(handler, request, scope)
            for name, value in (*ALWAYS.items(), *(scope.headers or {}).items()):
                response.headers.setdefault(name, value)
            response.headers["X-Request-Id"] = scope.request_id
            self._observe(request, scope, response.status_code, time.perf_counter() - started)
            return response

        return handle

    async def _answer(self, handler: Handler, request: Request, scope: Scope) -> Response:
        try:
            return await handler(await self._guard(request, scope))
        except RequestValidationError as error:
            faults = list(error.errors())
            if faults and faults[0]["type"] == "json_invalid":
                return problem(MalformedJson(), scope.request_id, scope.language)
            return problem(InvalidContent(), scope.request_id, scope.language, faults)
        except HTTPException:
            # FastAPI's word for a body that is no JSON in ways its parser does not name: bytes, depth, endless digits.
            return problem(MalformedJson(), scope.request_id, scope.language)
        except DomainError as error:
            self._log_failure(error, scope)
            return problem(error, scope.request_id, scope.language)
        except Exception:
            # The last line: the caller gets an id, the log gets the trace.
            LOG.exception("unhandled error", extra={"request_id": scope.request_id, "route": self._row.name})
            return problem(DomainError(), scope.request_id, scope.language)

    async def _guard(self, request: Request, scope: Scope) -> Request:
        if self._inline:
            self._check(request, scope)
        elif self._row.limit or self._row.access != PUBLIC:
            await run_in_threadpool(self._check, request, scope)
        _check_ids(request.path_params)
        _check_query(request.query_params)
        if request.method == "GET":
            return request
        scope.if_match = conditions.if_match(request)
        if request.method == "DELETE":
            # What a body of these means is not defined (RFC 9110, 9.3.5); nobody reads it.
            return request
        body = await read_body(request)
        key_scope = scope.caller.id if scope.caller else "public"
        scope.once = conditions.once(request, key_scope, self._row.name, body)
        return with_body(request, body)

    def _check(self, request: Request, scope: Scope) -> None:
        if self._row.access != PUBLIC:
            scope.caller = self._wiring.resolve("token_verifier").caller(bearer_of(request))
        if self._row.limit:
            self._take(request, scope)
        if scope.caller and self._row.access not in (USER, PUBLIC) and not scope.caller.can(self._row.access):
            raise Forbidden

    def _take(self, request: Request, scope: Scope) -> None:
        policy = POLICIES[self._row.limit]
        limit = policy.limit * int(self._wiring.resolve("limits_scale"))
        who = scope.caller.id if scope.caller else (request.client.host if request.client else "unknown")
        quota = self._wiring.resolve("rate_limiter").take(f"{self._row.limit}:{who}", limit, policy.window)
        scope.headers = headers_of(self._row.limit, quota)
        if not quota.allowed:
            raise RateLimited(retry_after=max(1, int(-(-quota.reset // 1))))

    def _log_failure(self, error: DomainError, scope: Scope) -> None:
        facts = {"request_id": scope.request_id, "route": self._row.name, "code": error.code}
        if isinstance(error, Unavailable):
            LOG.warning("dependency failed", extra=facts, exc_info=error)
        elif error.kind.value == "internal":
            LOG.error("request failed", extra=facts, exc_info=error)

    def _observe(self, request: Request, scope: Scope, status: int, seconds: float) -> None:
        facts: dict[str, Any] = {
            "request_id": scope.request_id,
            "route": self._row.name,
            "method": request.method,
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
            "user_id": scope.caller.id if scope.caller else None,
        }
        LOG.info("request", extra=facts)
        if self._observer:
            self._observer.answered(self._row.name, self._row.path, request.method, status, seconds)


def _check_ids(parameters: dict[str, str]) -> None:
    # No store is asked for what cannot be a key: endless, or with control characters.
    if not all(has_id_shape(value) for name, value in parameters.items() if name.endswith("_id")):
        raise NotFound


def _check_query(given: QueryParams) -> None:
    # Which of two values is meant, hosts would answer differently.
    names = [name for name, _ in given.multi_items()]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise RequestValidationError(
            [{"loc": ("query", name), "type": "repeated", "msg": "Give this parameter once"} for name in repeated]
        )


def bearer_of(request: Request) -> str | None:
    """The token of an Authorization header, None without a bearer token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
