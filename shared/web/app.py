"""The FastAPI app of some rows of the table: one row in a Lambda, all of them in the container."""

import inspect
import warnings
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, get_type_hints

from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from pydantic.warnings import UnsupportedFieldAttributeWarning
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from shared.kernel.errors import DomainError
from shared.kernel.ids import new_id
from shared.kernel.texts import preferred_language
from shared.kernel.wiring import Provide, Wiring, marked
from shared.topology.routes import ROUTES, Route, in_match_order
from shared.web.conditions import unless_unchanged
from shared.web.description import describe
from shared.web.markers import FromRequest, Marker
from shared.web.pipeline import ALWAYS, Handler, Observer, Pipeline
from shared.web.problems import MethodNotAllowed, NoRoute, problem
from shared.web.replies import build_views, render


def create_app(
    rows: Sequence[Route],
    wiring: Wiring,
    *,
    inline: bool = False,
    observer: Observer | None = None,
    described: bool = True,
) -> FastAPI:
    """The app that serves the rows. `inline`: endpoints run on the event loop instead of in the thread pool.

    Without `described` it can tell no OpenAPI, and spares building the models of its answers.
    """
    app = FastAPI(
        title="Smart Customer Service",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        redirect_slashes=False,
    )
    for row in in_match_order(tuple(rows)):
        function = getattr(import_module(row.module), row.name)
        add_route(app, row, function, Pipeline(row, wiring, inline, observer), inline, described)
    if not inline:
        build_views()
    app.add_exception_handler(HTTPException, _routing_problem)
    return app


def add_route(
    app: FastAPI, row: Route, function: Callable[..., Any], pipeline: Pipeline, inline: bool, described: bool
) -> None:
    """Serve a row by a function whose signature says what it needs."""

    class Wrapped(APIRoute):
        def get_route_handler(self) -> Any:
            return pipeline.around(super().get_route_handler())

    told = describe(row, function, get_type_hints(function).get("return"), markers_of(function)) if described else {}
    app.router.add_api_route(
        row.path,
        endpoint_of(row, function, inline),
        methods=[row.method],
        status_code=row.status,
        name=row.name,
        operation_id=row.name,
        response_model=None,
        route_class_override=Wrapped,
        **told,
    )
    _build_body(app.router.routes[-1])


def _build_body(route: BaseRoute) -> None:
    # Body models put their building off (`defer_build`). Left to the first request, threads would race to it, and
    # pydantic would warn of an alias FastAPI sets, which FastAPI silences only while it makes the route.
    if isinstance(route, APIRoute) and route.body_field:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UnsupportedFieldAttributeWarning)
            route.body_field.validate(None)


def markers_of(function: Callable[..., Any]) -> dict[str, Marker]:
    """The parameters that are not the request's own data, by name."""
    return {**marked(function, Provide), **marked(function, FromRequest)}


def endpoint_of(row: Route, function: Callable[..., Any], inline: bool) -> Callable[..., Any]:
    """The function as FastAPI should see it: without the parameters we fill ourselves."""
    hints = get_type_hints(function, include_extras=True)
    markers = markers_of(function)

    def call(request: Request, **data: Any) -> Response:
        scope = request.state.scope
        for name, marker in markers.items():
            if isinstance(marker, Provide):
                data[name] = scope.wiring.resolve(marker.name)
            else:
                data[name] = getattr(scope, marker.name)
        return unless_unchanged(request, render(function(**data), row.status))

    async def call_inline(request: Request, **data: Any) -> Response:
        return call(request, **data)

    endpoint: Any = call_inline if inline else call
    own = [
        parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in markers
    ]
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    endpoint.__signature__ = inspect.Signature([request, *own])
    endpoint.__name__ = row.name
    endpoint.__doc__ = function.__doc__
    return endpoint  # type: ignore[no-any-return]


async def _routing_problem(request: Request, error: Exception) -> Response:
    allowed = allowed_methods(request)
    told: DomainError = MethodNotAllowed() if allowed else NoRoute()
    language = preferred_language(request.headers.get("accept-language"))
    request_id = new_id("req")
    response = problem(told, request_id, language)
    response.headers.update({**ALWAYS, "X-Request-Id": request_id, **({"Allow": allowed} if allowed else {})})
    return response


def allowed_methods(request: Request) -> str:
    """The methods of the request's path, of all its rows: the router itself names those of the first row only."""
    path = request.scope["path"]
    routes = [route for route in request.app.routes if isinstance(route, APIRoute) and route.path_regex.match(path)]
    return ", ".join(sorted(method for route in routes for method in route.methods or ()))


def app_of(names: Sequence[str], wiring: Wiring, **options: Any) -> FastAPI:
    """The app of the rows with those names."""
    return create_app([row for row in ROUTES if row.name in names], wiring, **options)


__all__ = ["Handler", "app_of", "create_app", "markers_of"]
