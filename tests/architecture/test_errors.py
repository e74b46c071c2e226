"""Rule 5: errors are facts with a kind, told in two languages; only the hosts know what a kind means there."""

import ast
import re
from importlib import import_module
from string import Formatter

import pytest

from shared.consuming.policy import POLICY
from shared.kernel.errors import DomainError, ErrorKind
from shared.web.problems import STATUS, TITLES
from tests.architecture.source import modules
from tests.architecture.test_imports import FEATURES

CHINESE = re.compile(r"[\u4e00-\u9fff]")
STATUSES = {200, 201, 202, 204, 400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503, 504}


def defining() -> set[str]:
    """The modules that define errors, told by their text: importing them all would take seconds."""
    names, found = {"DomainError"}, {"shared.kernel.errors"}
    before = 0
    while before < len(names):
        before = len(names)
        for module in modules("shared"):
            classes = [node for node in module.nodes if isinstance(node, ast.ClassDef)]
            ours = {node.name for node in classes if names & {ast.unparse(base) for base in node.bases}}
            names |= ours
            found |= {module.name} if ours else set()
    return found


def errors() -> list[type[DomainError]]:
    """Every error of the product, the base among them."""
    for name in defining():
        import_module(name)
    found: list[type[DomainError]] = [DomainError]
    for kind in found:
        found += [below for below in kind.__subclasses__() if below not in found]
    return sorted((kind for kind in found if kind.__module__.startswith("shared.")), key=lambda kind: kind.__name__)


ERRORS = errors()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_an_error_has_a_kind_and_says_itself_in_both_languages(error: type[DomainError]) -> None:
    assert isinstance(error.kind, ErrorKind)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", error.code)
    assert CHINESE.search(error.zh)
    assert not CHINESE.search(error.en)
    assert error.en.endswith((".", "?"))
    assert fields(error.en) == fields(error.zh)
    assert error.__doc__
    assert error.__doc__ != DomainError.__doc__ or error is DomainError


def test_codes_are_unique() -> None:
    codes = [error.code for error in ERRORS if "code" in vars(error)]
    assert sorted(codes) == sorted(set(codes))


def test_one_text_is_not_reused_with_half_of_it_changed() -> None:
    halves = [error.__name__ for error in ERRORS if ("en" in vars(error)) != ("zh" in vars(error))]
    assert halves == []


def test_whoever_raises_fills_the_sentence() -> None:
    wanted = {error.__name__: fields(error.en) for error in ERRORS if fields(error.en)}
    bare = [
        f"{module.where}:{node.lineno}"
        for module in modules("shared", "functions")
        for node in module.nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in wanted
        if not wanted[node.func.id] <= {str(word.arg) for word in node.keywords}
        and not any(word.arg is None for word in node.keywords)
    ]
    raised = [
        f"{module.where}:{node.lineno}"
        for module in modules("shared", "functions")
        for node in module.nodes
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and node.exc.id in wanted
    ]
    assert bare + raised == []


@pytest.mark.parametrize("kind", ErrorKind, ids=lambda kind: kind.value)
def test_every_host_knows_every_kind(kind: ErrorKind) -> None:
    assert STATUS[kind] in TITLES
    assert kind in POLICY


def test_only_invalid_content_is_422() -> None:
    assert [kind for kind, status in STATUS.items() if status == 422] == [ErrorKind.INVALID]


def test_features_know_no_status() -> None:
    told = [
        f"{module.where}:{node.lineno}"
        for module in modules("shared/kernel", *(f"shared/{feature}" for feature in FEATURES))
        for node in module.nodes
        if isinstance(node, ast.keyword | ast.Assign | ast.AnnAssign)
        if isinstance(node.value, ast.Constant) and node.value.value in STATUSES
        if "status" in ast.unparse(node).lower() or "http" in ast.unparse(node).lower()
    ]
    assert told == []


def test_an_error_stands_beside_its_feature() -> None:
    strays = [
        error.__name__
        for error in ERRORS
        if error.__module__.split(".")[1] in FEATURES and not error.__module__.endswith(".errors")
    ]
    assert strays == []
