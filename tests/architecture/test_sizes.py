"""Rule 8: small files, small functions, and a sentence on each that says why it is there."""

import ast
from collections.abc import Iterator
from statistics import median

import pytest

from tests.architecture.source import Module, functions, length, modules, product

MAX_FILE, MEDIAN_FILE = 300, 60
MAX_FUNCTION, MEDIAN_FUNCTION = 40, 6
MAX_ROUTE, MAX_STATEMENTS = 40, 10
EVERYTHING = (*product(), *modules("tests"))
PEERS = "tests/performance/peers/"
"""What we are compared with, written as people write it elsewhere."""


def routes() -> list[Module]:
    """The modules that serve one row each."""
    return [m for m in modules("functions/api") if m.path.name not in ("__init__.py", "schemas.py")]


def undocumented(tree: ast.Module | ast.ClassDef, where: str) -> Iterator[str]:
    """Public classes and functions without a docstring; what only has a name and a type (`...`) needs none."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node) and ast.unparse(node.body[0]) != "...":
                yield f"{where}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                yield from undocumented(node, where)


def statements(node: ast.AST) -> int:
    return sum(isinstance(part, ast.stmt) for part in ast.walk(node)) - 1 - bool(ast.get_docstring(node))  # type: ignore[arg-type]


def test_no_file_is_longer_than_a_reader_holds_in_mind() -> None:
    assert [f"{m.where} {m.lines}" for m in EVERYTHING if m.lines > MAX_FILE] == []


def test_half_of_the_files_fit_on_a_screen() -> None:
    assert median(module.lines for module in product()) <= MEDIAN_FILE


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{m.where}:{f.lineno} {f.name} {length(f)}"
        for m in EVERYTHING
        for f in functions(m)
        if length(f) > MAX_FUNCTION and not m.where.startswith(PEERS)
    ]
    assert long == []


def test_half_of_the_functions_are_a_few_lines() -> None:
    assert median(length(function) for module in product() for function in functions(module)) <= MEDIAN_FUNCTION


def test_a_file_says_in_one_line_what_it_is() -> None:
    assert [module.where for module in EVERYTHING if not says_in_one_line(module)] == []


def says_in_one_line(module: Module) -> bool:
    """Whether there is a docstring whose first line stands alone; more may follow after an empty one."""
    first, _, rest = (ast.get_docstring(module.tree) or "").partition("\n")
    return bool(first) and (not rest or rest.startswith("\n"))


def test_what_others_may_call_says_what_it_does() -> None:
    silent = [line for module in product() for line in undocumented(module.tree, module.where)]
    assert silent == []


@pytest.mark.parametrize("module", routes(), ids=lambda module: module.path.stem)
def test_a_route_says_one_thing(module: Module) -> None:
    assert module.lines <= MAX_ROUTE
    assert all(statements(function) <= MAX_STATEMENTS for function in functions(module))


def test_every_parameter_and_result_is_typed() -> None:
    bare = [
        f"{module.where}:{function.lineno} {function.name}"
        for module in product()
        for function in functions(module)
        if function.returns is None
        or any(
            a.annotation is None and a.arg not in ("self", "cls")
            for a in (*function.args.args, *function.args.kwonlyargs)
        )
    ]
    assert bare == []


def test_comments_are_no_banners() -> None:
    rulers = ("# --", "# ==", "# **", "# ##", "#####")
    found = [
        f"{m.where}: {line}" for m in EVERYTHING for line in m.text.splitlines() if line.strip().startswith(rulers)
    ]
    assert found == []
