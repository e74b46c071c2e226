"""Rule 10: a decision is a short note that names the check which holds it."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NOTES = sorted((ROOT / "docs/decisions").glob("*.md"))
LONGEST = 40
CHECK = re.compile(r"tests/[\w./-]+(?:::\w+)?")
each_note = pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)


def checks(note: Path) -> list[str]:
    """What the note's last paragraph names."""
    told = re.split(r"\n(?:Check:|\*\*Checked by\*\*)", note.read_text())
    return CHECK.findall(told[-1]) if len(told) > 1 else []


def exists(check: str) -> bool:
    """Whether the file is there and, when the check names one, has the test."""
    path, _, test = check.rstrip(".").partition("::")
    place = ROOT / path
    return place.exists() and (not test or re.search(rf"^\s*def {test}\b", place.read_text(), re.M) is not None)


def test_there_are_decisions() -> None:
    assert NOTES


@each_note
def test_a_decision_is_short(note: Path) -> None:
    assert note.read_text().count("\n") <= LONGEST


@each_note
def test_a_decision_says_what_and_why(note: Path) -> None:
    text = note.read_text()
    assert text.startswith("# ")
    assert "**Decided.**" in text
    assert "**Why.**" in text


@each_note
def test_a_decision_names_a_check_that_exists(note: Path) -> None:
    named = checks(note)
    assert named, "no line `Check: tests/…`"
    assert [check for check in named if not exists(check)] == []


def test_a_check_that_is_gone_is_noticed() -> None:
    here = "tests/architecture/test_decisions.py"
    assert exists(f"{here}::test_there_are_decisions")
    assert not exists(f"{here}::test_nobody_wrote")
    assert not exists("tests/architecture/test_nothing.py")


def test_every_rule_has_its_module() -> None:
    texts = [path.read_text() for path in sorted((ROOT / "tests/architecture").glob("test_*.py"))]
    numbers = {int(number) for text in texts for number in re.findall(r"^\"\"\"Rule (\d+):", text)}
    assert numbers == set(range(1, 11))
