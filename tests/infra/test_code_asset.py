"""The code asset holds our code as bytecode, and is never older than the tree."""

import subprocess
from pathlib import Path

import pytest

from infra.bytecode import compile_tree, compiler
from infra.code_asset import ENGINE, LIMITS, PLAIN, USED_TWINS, WHOLE, CodeTooLarge, stage_code
from shared.kernel.packed import read_packed
from tests.architecture.source import modules

needs_compiler = pytest.mark.skipif(compiler() is None, reason="no Python of Lambda's version on this machine")
CODE = "py" if compiler() is None else "pyc"
UNCHECKED_HASH = 1
"""The flags of a `.pyc` whose source is never looked at (PEP 552)."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for name in ("shared/a.py", "shared/prompts/b.md", "functions/c.py", "docs/openapi.json", "docs/other.md",
                 "tests/d.py", "shared/__pycache__/a.cpython-311.pyc"):  # fmt: skip
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{\n  "x": 1\n}\n' if path.suffix == ".json" else "x = 1\n")
    return root


def shipped(path: Path) -> set[str]:
    return {str(entry.relative_to(path)) for entry in path.rglob("*") if entry.is_file()}


def test_only_our_code_and_the_api_description_are_shipped(project: Path, tmp_path: Path) -> None:
    files = shipped(stage_code(tmp_path / "out", PLAIN, project).path)
    assert files == {f"shared/a.{CODE}", "shared/prompts/b.md", f"functions/c.{CODE}", "docs/openapi.json.gz"}


def test_the_description_is_shipped_as_it_is_served(project: Path, tmp_path: Path) -> None:
    assert read_packed(stage_code(tmp_path / "out", PLAIN, project).path / "docs/openapi.json") == '{"x":1}'


def test_twins_that_serve_tests_stay_at_home(tmp_path: Path) -> None:
    files = shipped(stage_code(tmp_path, WHOLE).path)
    assert {Path(name).stem for name in files if "adapters/memory" in name} == USED_TWINS


@needs_compiler
def test_bytecode_stands_in_the_place_of_sources_and_survives_the_zip(project: Path, tmp_path: Path) -> None:
    out = stage_code(tmp_path / "out", PLAIN, project).path
    compiled = out / "shared/a.pyc"
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == UNCHECKED_HASH
    assert b"/var/task/shared/a.py" in compiled.read_bytes()
    assert not list(out.rglob("*.py"))


@needs_compiler
def test_a_trace_from_bytecode_alone_names_file_and_line(project: Path, tmp_path: Path) -> None:
    (project / "functions/c.py").write_text("def fail():\n    raise ValueError('here')\n")
    out = stage_code(tmp_path / "out", PLAIN, project).path
    command = [str(compiler()), "-c", "import functions.c; functions.c.fail()"]
    told = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False).stderr
    assert 'File "/var/task/functions/c.py", line 2, in fail' in told


@needs_compiler
def test_what_code_reads_beside_itself_is_found_without_sources(tmp_path: Path) -> None:
    out = stage_code(tmp_path, WHOLE).path
    read = (
        "from shared.assistant.prompting import template\n"
        "from shared.adapters.offline.lexicons import entries, simplified\n"
        "from functions.api.system.openapi import description\n"
        "assert description() and template('answer').text and entries('sentiment')\n"
        "assert len({entry.label for entry in entries('terms')}) > 600 and len(simplified()) > 2_800"
    )
    done = subprocess.run([str(compiler()), "-c", read], cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_change_is_shipped_and_what_is_gone_is_not(project: Path, tmp_path: Path) -> None:
    before = stage_code(tmp_path / "out", PLAIN, project)
    (project / "functions/c.py").unlink()
    (project / "shared/a.py").write_text("x = 2\n")
    after = stage_code(tmp_path / "out", PLAIN, project)
    assert after.digest != before.digest
    assert b"/var/task/shared/a.py" in (after.path / f"shared/a.{CODE}").read_bytes() or CODE == "py"
    assert f"functions/c.{CODE}" not in shipped(after.path)


def test_the_same_sources_make_the_same_package(project: Path, tmp_path: Path) -> None:
    first, second = (stage_code(tmp_path / name, PLAIN, project) for name in ("one", "two"))
    assert first.digest == second.digest
    assert {name: (first.path / name).read_bytes() for name in shipped(first.path)} == {
        name: (second.path / name).read_bytes() for name in shipped(second.path)
    }


def test_a_package_that_is_too_large_is_refused(project: Path, tmp_path: Path) -> None:
    (project / "shared/model.bin").write_bytes(b"0" * LIMITS[PLAIN])
    with pytest.raises(CodeTooLarge):
        stage_code(tmp_path / "out", PLAIN, project)


@pytest.mark.parametrize("name", LIMITS)
def test_the_real_packages_are_within_their_budgets(tmp_path: Path, name: str) -> None:
    files = shipped(stage_code(tmp_path, name).path)
    assert f"shared/topology/routes.{CODE}" in files
    assert not any(each.startswith(("tests/", "infra/", "local/")) for each in files)


def test_the_engine_is_shipped_only_to_who_thinks(tmp_path: Path) -> None:
    plain, whole = (shipped(stage_code(tmp_path, name).path) for name in (PLAIN, WHOLE))
    assert plain < whole
    more = {name.removesuffix(".gz") for name in whole - plain}
    assert {f"shared/adapters/offline/retriever.{CODE}", "shared/assistant/everyday.txt"} <= more
    assert all(name.startswith(ENGINE) for name in more)


def test_nothing_that_is_shipped_imports_what_is_not(tmp_path: Path) -> None:
    files = {name.rpartition(".")[0].replace("/", ".") for name in shipped(stage_code(tmp_path, WHOLE).path)}
    ours = [module for module in modules("shared", "functions") if module.name in files]
    assert len(ours) > 300
    for module in ours:
        taken = {name for name, _ in module.imports if name.startswith("shared.adapters.")}
        assert {name for name in taken if not {name, f"{name}.__init__"} & files} == set(), module.where


def test_shipping_without_bytecode_is_said_loudly(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not compile_tree(project, "/var/task", None)
    assert "WITHOUT BYTECODE" in capsys.readouterr().err
