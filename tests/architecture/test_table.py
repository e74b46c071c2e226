"""The table says one thing in one place, and every row is served."""

import inspect
import re
from importlib import import_module
from typing import get_type_hints

import pytest
from fastapi import params

from shared.identities.roles import PERMISSIONS
from shared.kernel.wiring import Provide, marked
from shared.topology.consumers import QUEUE_WORKERS, STREAM_CONSUMERS
from shared.topology.grants import Grant
from shared.topology.resources import BUCKETS, KEYS, QUEUES, SECRETS, TABLES, queue, table
from shared.topology.routes import PUBLIC, ROUTES, USER, Route, in_match_order
from shared.topology.schedules import SCHEDULES
from shared.web.limits import POLICIES
from shared.web.markers import FromRequest
from tests.architecture.rows import ROWS, Row, closure, function_of, providers_of
from tests.architecture.source import ROOT, modules

GRANTABLE = {
    "table": ({one.name for one in TABLES}, {"read", "write"}),
    "queue": ({one.name for one in QUEUES}, {"send", "redrive"}),
    "secret": ({one.name for one in SECRETS}, {"read", "write"}),
    "cache": ({"cache"}, {"use"}),
    "mail": ({"mail"}, {"send"}),
    "model": ({"model"}, {"use"}),
    "receivers": ({"webhooks"}, {"post"}),
    "socket": ({"sockets"}, {"push", "tell"}),
    "bucket": ({one.name for one in BUCKETS}, {"upload", "keep", "show", "forget", "index", "load"}),
    "key": ({one.name for one in KEYS}, {"open", "seal"}),
}
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
each_route = pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)


def test_names_are_unique() -> None:
    names = [row.name for row in ROWS]
    assert sorted(names) == sorted(set(names))


def test_no_two_routes_answer_the_same_request() -> None:
    shapes = [(row.method, re.sub(r"\{\w+\}", "{}", row.path)) for row in ROUTES]
    assert sorted(shapes) == sorted(set(shapes))


def test_literal_paths_match_before_parameters() -> None:
    order = [row.path for row in in_match_order()]
    for literal in (row.path for row in ROUTES if "{" not in row.path):
        shadows = [path for path in order[: order.index(literal)] if _matches(path, literal)]
        assert shadows == [], literal


def _matches(pattern: str, path: str) -> bool:
    return pattern != path and bool(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path))


@each_row
def test_a_row_is_served_by_a_documented_function_of_its_name(row: Row) -> None:
    module = import_module(row.module)
    function = function_of(row)
    assert function.__module__ == row.module
    assert module.__doc__
    assert (function.__doc__ or "").strip()
    assert callable(module.handler)
    assert not inspect.iscoroutinefunction(function), "endpoints block: plain `def`"


@pytest.mark.parametrize(
    "top", ["functions/api", "functions/events", "functions/workers", "functions/schedules", "functions/sockets"]
)
def test_every_module_of_a_deployed_folder_has_a_row(top: str) -> None:
    served = {row.module for row in ROWS}
    loose = {module.name for module in modules(top)} - served
    assert {
        name for name in loose if not name.endswith(".schemas") and not (ROOT / name.replace(".", "/")).is_dir()
    } == set()


@each_route
def test_the_path_and_the_signature_name_the_same_parameters(row: Route) -> None:
    function = function_of(row)
    hints = get_type_hints(function, include_extras=True)
    filled = {*marked(function, Provide), *marked(function, FromRequest), "body"}
    own = {
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in filled and parameter.default is inspect.Parameter.empty
        if not any(isinstance(one, params.Query) for one in getattr(hints[name], "__metadata__", ()))
    }
    assert own == set(re.findall(r"\{(\w+)\}", row.path))


@each_route
def test_access_is_a_known_permission(row: Route) -> None:
    assert row.access in {PUBLIC, USER}.union(*PERMISSIONS.values())


@each_route
def test_a_public_route_has_no_caller(row: Route) -> None:
    asked = {mark.name for mark in marked(function_of(row), FromRequest).values()}
    assert row.access != PUBLIC or "caller" not in asked


@each_route
def test_limits_are_known(row: Route) -> None:
    assert not row.limit or row.limit in POLICIES


@each_route
def test_a_route_answers_within_what_api_gateway_waits(row: Route) -> None:
    assert row.timeout <= 29
    assert row.memory >= 128


@each_route
def test_paths_are_versioned_and_plain(row: Route) -> None:
    assert row.area == "system" or row.path.startswith(("/api/v1/", "/.well-known/"))
    assert not row.path.endswith("/")
    assert (row.status == 204) <= (row.method != "GET")


@each_row
def test_grants_name_resources_that_exist(row: Row) -> None:
    for grant in row.needs:
        names, actions = GRANTABLE[grant.kind]
        assert grant.name in names
        assert grant.action in actions


@each_row
def test_who_calls_the_model_or_searches_or_thinks_again_has_the_packages(row: Row) -> None:
    assert set(row.layers) <= {path.parent.name for path in (ROOT / "layers").glob("*/requirements.txt")}
    searches = Grant("bucket", "files", "load") in row.needs and Grant("table", "knowledge", "read") in row.needs
    thinks = Grant("model", "model", "use") in row.needs or "thinker_again" in closure(*providers_of(row))
    assert (thinks or searches) == ("ai" in row.layers)


@pytest.mark.parametrize("row", QUEUE_WORKERS, ids=lambda row: row.name)
def test_a_job_stays_hidden_six_times_as_long_as_it_may_take(row: Row) -> None:
    # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    assert queue(row.queue).visibility >= 6 * row.timeout  # type: ignore[union-attr]


@pytest.mark.parametrize("row", STREAM_CONSUMERS, ids=lambda row: row.name)
def test_a_stream_consumer_has_a_stream_and_a_place_for_failures(row: Row) -> None:
    assert table(row.table).stream  # type: ignore[union-attr]
    assert queue(row.failures)  # type: ignore[union-attr]


def test_every_queue_is_written_and_read_by_someone() -> None:
    failures = {row.failures for row in STREAM_CONSUMERS}
    sent = {grant.name for row in ROWS for grant in row.needs if grant.kind == "queue"}
    assert {one.name for one in QUEUES} == {row.queue for row in QUEUE_WORKERS} | failures
    assert {row.queue for row in QUEUE_WORKERS} <= sent


def test_resources_have_unique_names() -> None:
    for resources in (TABLES, QUEUES, SECRETS):
        names = [one.name for one in resources]
        assert sorted(names) == sorted(set(names))


def test_schedules_run_in_whole_minutes_and_end_before_they_start_again() -> None:
    for row in SCHEDULES:
        assert row.every % 60 == 0
        assert row.timeout <= row.every


def test_permissions_nobody_asks_for_are_not_kept() -> None:
    text = "".join(module.text for module in modules("shared", "functions") if module.name != "shared.identities.roles")
    unused = {name for name in set().union(*PERMISSIONS.values()) if f'"{name}"' not in text}
    assert unused == set()
