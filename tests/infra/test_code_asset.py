"""The code asset holds our sources with bytecode, and is never older than the tree."""

from pathlib import Path

import pytest

from infra.bytecode import compile_tree, compiler
from infra.code_asset import LIMIT, CodeTooLarge, stage_code

needs_compiler = pytest.mark.skipif(compiler() is None, reason="no Python of Lambda's version on this machine")
UNCHECKED_HASH = 1
"""The flags of a `.pyc` whose source is never looked at (PEP 552)."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("shared/a.py", "shared/prompts/b.md", "functions/c.py", "docs/openapi.json", "docs/other.md",
                 "tests/d.py", "shared/__pycache__/a.cpython-311.pyc"):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    return root


def shipped(path: Path) -> set[str]:
    return {str(entry.relative_to(path)) for entry in path.rglob("*") if entry.is_file()}


def test_only_our_code_and_the_api_description_are_shipped(project: Path, tmp_path: Path) -> None:
    files = shipped(stage_code(tmp_path / "out", project).path)
    sources = {name for name in files if not name.endswith(".cpython-313.pyc")}
    assert sources == {"shared/a.py", "shared/prompts/b.md", "functions/c.py", "docs/openapi.json"}


@needs_compiler
def test_every_source_has_bytecode_that_survives_the_zip(project: Path, tmp_path: Path) -> None:
    out = stage_code(tmp_path / "out", project).path
    compiled = out / "shared/__pycache__/a.cpython-313.pyc"
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == UNCHECKED_HASH
    assert b"/var/task/shared/a.py" in compiled.read_bytes()
    assert len(list(out.rglob("*.pyc"))) == len(list(out.rglob("*.py")))


def test_a_change_is_shipped_and_what_is_gone_is_not(project: Path, tmp_path: Path) -> None:
    before = stage_code(tmp_path / "out", project)
    (project / "functions/c.py").unlink()
    (project / "shared/a.py").write_text("x = 2\n")
    after = stage_code(tmp_path / "out", project)
    assert after.digest != before.digest
    assert (after.path / "shared/a.py").read_text() == "x = 2\n"
    assert "functions/c.py" not in shipped(after.path)


def test_the_same_sources_make_the_same_package(project: Path, tmp_path: Path) -> None:
    first, second = (stage_code(tmp_path / name, project) for name in ("one", "two"))
    assert first.digest == second.digest
    assert {name: (first.path / name).read_bytes() for name in shipped(first.path)} == {
        name: (second.path / name).read_bytes() for name in shipped(second.path)
    }


def test_a_package_that_is_too_large_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "shared/model.bin").write_bytes(b"0" * LIMIT)
    with pytest.raises(CodeTooLarge):
        stage_code(tmp_path / "out", project)


def test_the_real_package_is_within_its_budget(tmp_path: Path) -> None:
    files = shipped(stage_code(tmp_path).path)
    assert "shared/topology/routes.py" in files
    assert not any(name.startswith(("tests/", "infra/", "local/")) for name in files)


def test_shipping_without_bytecode_is_said_loudly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not compile_tree(project, "/var/task", None)
    assert "WITHOUT BYTECODE" in capsys.readouterr().err
