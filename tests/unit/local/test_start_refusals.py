"""What `make run` says when it cannot start, and that it then starts nothing."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from local import reset, run
from local.data_dir import data_dir_for_run
from local.readiness import free_port


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def settings(tmp_path: Path, **changes: str) -> dict[str, str]:
    ports = {"PORT": str(free_port()), "METRICS_PORT": str(free_port())}
    return {**ports, "DATA_DIR": str(tmp_path / "data"), **changes}


@pytest.mark.parametrize("variable", ["PORT", "METRICS_PORT"])
def test_a_busy_port_names_the_variable_to_change(
    variable: str, busy_port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(settings(tmp_path, **{variable: str(busy_port)})) == 1
    assert f"Port {busy_port} is in use" in (said := capsys.readouterr().err)
    assert f"{variable}={busy_port + 1} make run" in said
    assert not (tmp_path / "data" / "logs").exists()


def test_a_directory_in_use_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with data_dir_for_run(tmp_path / "data"):
        assert run.main(settings(tmp_path)) == 1
        assert reset.main(settings(tmp_path)) == 1
    assert "is in use by process" in capsys.readouterr().err


def test_a_directory_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.txt").write_text("years of work")
    assert run.main(settings(tmp_path)) == 1
    assert reset.main(settings(tmp_path)) == 1
    assert (tmp_path / "data" / "thesis.txt").exists()
    assert "set DATA_DIR to another" in capsys.readouterr().err


def test_reset_empties_what_a_run_made(tmp_path: Path) -> None:
    with data_dir_for_run(tmp_path / "data") as data:
        data.outbox.mkdir()
        data.demo.write_text("{}")
    assert reset.main(settings(tmp_path)) == 0
    assert {entry.name for entry in (tmp_path / "data").iterdir()} == {".smart-customer-service", ".lock"}


def test_reset_of_nothing_is_no_fault(tmp_path: Path) -> None:
    assert reset.main(settings(tmp_path)) == 0


@pytest.mark.parametrize("text", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(settings(tmp_path, PORT=text)) == 1
    assert f"PORT={text} is no port" in capsys.readouterr().err


def test_one_port_for_two_purposes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(settings(tmp_path, PORT="8080", METRICS_PORT="8080")) == 1
    assert "PORT and METRICS_PORT are both 8080" in capsys.readouterr().err


def test_ports_are_remembered_and_changed_only_when_taken(tmp_path: Path) -> None:
    with data_dir_for_run(tmp_path / "data") as data:
        first = data.port("aws")
        assert data.port("aws") == first
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", first))
            taken.listen()
            assert data.port("aws") != first


def test_what_lambda_workers_left_is_swept(tmp_path: Path) -> None:
    with data_dir_for_run(tmp_path / "data") as data:
        leftover = data.emulator / "tmp" / "ministack-lambda-abc"
        leftover.mkdir(parents=True)
        data.sweep()
    assert not leftover.exists()
