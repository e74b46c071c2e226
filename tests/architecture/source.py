"""The tree's own Python files, parsed once, for the rules that look at text."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("shared", "functions", "infra", "layers", "local")


@dataclass(frozen=True, eq=False)
class Module:
    """One file."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path as people write it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        """The dotted name; a package's is its `__init__`'s."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree; walked once, because many rules look at all of them."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> tuple[tuple[str, int], ...]:
        """What the file imports, anywhere in it, as dotted names with lines; modules of ours by their full name."""
        return tuple(_imports(self))

    @property
    def lines(self) -> int:
        """How long the file is."""
        return self.text.count("\n")


@cache
def modules(*tops: str) -> tuple[Module, ...]:
    """The files below those folders."""
    paths = sorted(path for top in tops for path in (ROOT / top).rglob("*.py"))
    return tuple(map(_parse, paths))


def product() -> tuple[Module, ...]:
    """Every file that is ours and not a test."""
    return modules(*PRODUCT)


@cache
def _parse(path: Path) -> Module:
    text = path.read_text()
    return Module(path, text, ast.parse(text, str(path)))


def _imports(module: Module) -> Iterator[tuple[str, int]]:
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.where}:{node.lineno} imports relatively"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if is_module(full) else str(node.module)), node.lineno


@cache
def is_module(name: str) -> bool:
    """Whether the dotted name is a file or folder of the tree."""
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in module.nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last one."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
