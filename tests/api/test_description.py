"""The committed OpenAPI document and the page made of it."""

import json
from typing import Any

import pytest

from functions.api.system.openapi import DESCRIPTION
from shared.topology.routes import ROUTES, Route
from shared.web.openapi import as_text, describe_api
from tests.api.world import World


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return describe_api()


def test_the_committed_description_is_the_codes(document: dict[str, Any]) -> None:
    committed = DESCRIPTION.read_text(encoding="utf-8")
    assert committed == as_text(document), "run: python -m functions.container.openapi"


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: row.name)
def test_every_row_is_described(document: dict[str, Any], row: Route) -> None:
    operation = document["paths"][row.path][row.method.lower()]
    assert operation["operationId"] == row.name
    assert operation["tags"] == [row.area]
    assert str(row.status) in operation["responses"]
    assert bool(operation["security"]) == (row.access != "public")


def test_every_area_is_introduced(document: dict[str, Any]) -> None:
    assert [tag["name"] for tag in document["tags"]] == list(dict.fromkeys(row.area for row in ROUTES))


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    for reference in _references(document):
        place: Any = document
        for part in reference.removeprefix("#/").split("/"):
            place = place[part]
        assert place


def test_the_framework_left_no_errors_of_its_own(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in json.dumps(document)
    media = {name for response in document["components"]["responses"].values() for name in response["content"]}
    assert media == {"application/problem+json"}


def test_the_description_is_served_as_committed() -> None:
    answer = World().call("GET", "/api/v1/openapi.json")
    assert answer.json() == json.loads(DESCRIPTION.read_bytes())
    assert b"\n" not in answer.content
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "API 参考"), ("en", "API reference")])
def test_the_page_shows_every_operation_in_both_languages(language: str, title: str) -> None:
    answer = World().call("GET", "/docs", Accept_Language=language)
    assert answer.headers["content-language"] == language
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert title in answer.text
    for row in ROUTES:
        assert f"<b>{row.method}</b> <code>{row.path}</code>" in answer.text


def test_the_page_runs_no_script_and_loads_nothing() -> None:
    answer = World().call("GET", "/docs")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text
    assert "http://" not in answer.text


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for part in node.values() for found in _references(part)]
    return [found for part in node for found in _references(part)] if isinstance(node, list) else []
