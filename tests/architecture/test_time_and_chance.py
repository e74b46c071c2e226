"""The domain takes time, names and chance from ports, or it could not be simulated."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, modules, product

DOMAIN = ("kernel", "tickets", "messages", "assistant", "identities", "knowledge", "insights", "consuming", "sla")
SOURCES = frozenset({"time", "random", "secrets", "uuid"})
CALLS = frozenset({"now", "utcnow", "today", "fromtimestamp", "urandom", "getrandom", "sleep"})
READERS = {"new_id": "shared/kernel/ids.py", "utc_now": "shared/kernel/clock.py"}
"""The two functions that read them, for adapters and hosts; the domain may define but not use them."""
FOR_ADAPTERS_AND_HOSTS = ("shared/adapters/", "shared/web/", "shared/bootstrap/", "functions/", "local/", "infra/")


def domain() -> tuple[Module, ...]:
    """The files that are simulated."""
    return modules(*(f"shared/{feature}" for feature in DOMAIN))


def inside_a_reader(module: Module) -> set[ast.AST]:
    """The nodes of `new_id` and `utc_now` where they are defined."""
    named = {name for name, where in READERS.items() if where == module.where}
    defined = (node for node in module.tree.body if isinstance(node, ast.FunctionDef) and node.name in named)
    return {part for function in defined for part in ast.walk(function)}


def readings(module: Module) -> Iterator[str]:
    """Where a file reads a clock or draws a number by itself."""
    excepted = inside_a_reader(module)
    for name, line in module.imports:
        if name.split(".")[0] in SOURCES and not (name == "time" and excepted):
            yield f"{module.where}:{line} imports {name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in CALLS and node not in excepted:
            owner = ast.unparse(node.value)
            if owner.rpartition(".")[2] in ("datetime", "date", "os", "time"):
                yield f"{module.where}:{node.lineno} {owner}.{node.attr}"


def users_of_readers(module: Module) -> Iterator[str]:
    """Where a file imports a reader by name."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{module.where}:{node.lineno} {a.name}" for a in node.names if a.name in READERS)


@pytest.mark.parametrize("module", domain(), ids=lambda module: module.where)
def test_the_domain_reads_no_clock_and_draws_no_number(module: Module) -> None:
    assert list(readings(module)) == []


def test_only_adapters_and_hosts_use_the_machines_own_clock_and_names() -> None:
    found = [use for module in product() for use in users_of_readers(module)]
    assert [use for use in found if not use.startswith(FOR_ADAPTERS_AND_HOSTS)] == []


def test_a_reading_is_noticed() -> None:
    text = "import random\nfrom datetime import datetime\ndef f() -> object:\n    return datetime.now()\n"
    made = Module(domain()[0].path, text, ast.parse(text))
    assert len(list(readings(made))) == 2
