"""Rule 9: plain names of the field, one word per thing, as the glossary has them."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.source import ROOT, Module, modules, product

EMPTY = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc", "core", "lib", "tools"}
"""Names that say nothing of what is inside."""
SUFFIXES = ("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Abstract", "DTO", "Info")
TERMS = """
ticket; timeline entry; message; note; turn; answer; receipt; article; span; hand-over; requester; assignee; agent;
customer; owner; claim; snapshot; follow-up; assistant; citation; evidence; draft; verdict; permission; twin; port
"""
ROW = re.compile(r"^\| (?P<english>[^|]+?) \| (?P<chinese>[^|]+?) \| (?P<meaning>[^|]+?) \| ?(?P<not_said>[^|]*?) ?\|$")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def glossary() -> tuple[re.Match[str], ...]:
    lines = (ROOT / "docs/glossary.md").read_text().splitlines()
    rows = [ROW.match(line) for line in lines if line.startswith("| ")]
    assert all(rows), "a row of the glossary has not four columns"
    return tuple(row for row in rows if row and row["english"] != "English")


def not_said() -> set[str]:
    return {word for row in glossary() for word in re.findall(r"`(\w+)`", row["not_said"])}


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def named(module: Module) -> Iterator[tuple[str, int]]:
    """Everything the file gives a name."""
    for node in module.nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno


@pytest.mark.parametrize("top", ["shared", "functions", "infra", "layers", "local", "tests"])
def test_files_and_folders_say_what_is_inside(top: str) -> None:
    parts = {part for module in modules(top) for part in module.path.relative_to(ROOT).with_suffix("").parts}
    assert not parts & EMPTY


def test_classes_are_named_by_what_they_are() -> None:
    empty = [
        f"{module.where}:{node.lineno} {node.name}"
        for module in product()
        for node in module.nodes
        if isinstance(node, ast.ClassDef) and node.name.endswith(SUFFIXES)
    ]
    assert empty == []


def test_a_folder_of_a_feature_has_the_names_one_expects() -> None:
    for module in modules("shared"):
        assert re.fullmatch(r"[a-z][a-z0-9_]*|__init__", module.path.stem), module.where


def test_the_glossary_has_the_words_of_the_field() -> None:
    known = {row["english"] for row in glossary()}
    assert {term.strip() for term in TERMS.split(";")} <= known


def test_each_word_stands_once_in_both_languages_with_its_meaning() -> None:
    english = [row["english"] for row in glossary()]
    assert sorted(english) == sorted(set(english))
    assert [row["english"] for row in glossary() if not CHINESE.search(row["chinese"])] == []
    assert [row["english"] for row in glossary() if not row["meaning"].endswith(".")] == []


def test_no_name_uses_another_word_for_a_thing() -> None:
    banned = not_said()
    assert banned
    wrong = [
        f"{module.where}:{line} {name}"
        for module in modules("shared", "functions")
        for name, line in named(module)
        if words(name) & banned
    ]
    assert wrong == []
