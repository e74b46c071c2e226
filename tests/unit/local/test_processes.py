"""The supervisor with tiny children: order, restart, clean ends, and what it says when a start fails."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.processes import Child, ChildFailed, Running, Supervisor, clean_env
from local.readiness import wait_for

ROOT = Path(__file__).parents[3]
SLEEPER = "import os,time; print(os.getpid(), flush=True); time.sleep(60)"
STUBBORN = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
PARENT = """
import subprocess, sys, time
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""
SUPERVISOR = """
import sys, time
from pathlib import Path
from local.processes import Child, Supervisor
child = Child("sleeper", [sys.executable, "-c", sys.argv[2]])
print(Supervisor(Path(sys.argv[1]), sys.stderr).start(child).process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def terminal() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, terminal: io.StringIO) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path / "logs", terminal)
    yield supervisor
    supervisor.stop()


def python(name: str, code: str, **options: object) -> Child:
    return Child(name, [sys.executable, "-c", code], clean_env(), **options)  # type: ignore[arg-type]


def printed_pid(running: Running) -> int:
    wait_for(lambda: running.console.path.read_text().strip().isdigit())
    return int(running.console.path.read_text())


def alive(pid: int) -> bool:
    """A zombie that nobody has collected yet counts as dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_child_comes_back(supervisor: Supervisor) -> None:
    running = supervisor.start(python("sleeper", SLEEPER))
    first = printed_pid(running)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: running.process is not None and running.process.pid != first and running.exit_code is None)


def test_children_stop_in_reverse_order(supervisor: Supervisor, tmp_path: Path) -> None:
    log = tmp_path / "ends"
    for name in ("one", "two"):
        note = f"open({str(log)!r}, 'a').write('{name} ')"
        code = f"import signal,sys,time; signal.signal(15, lambda *_: ({note}, sys.exit())); print(1); time.sleep(60)"
        running = supervisor.start(python(name, code))
        wait_for(lambda running=running: "1" in running.console.path.read_text())  # type: ignore[misc]
    supervisor.stop()
    assert log.read_text() == "two one "


def test_a_child_that_ignores_term_is_killed(supervisor: Supervisor) -> None:
    running = supervisor.start(python("stubborn", STUBBORN))
    wait_for(lambda: "up" in running.console.path.read_text())
    running.stop(grace=0.1)
    assert running.exit_code == -signal.SIGKILL


def test_what_a_child_started_ends_with_it(supervisor: Supervisor) -> None:
    running = supervisor.start(python("parent", PARENT))
    grandchild = printed_pid(running)
    running.stop()
    wait_for(lambda: not alive(grandchild))


def test_a_child_that_ends_at_once_is_named_with_its_last_lines(supervisor: Supervisor) -> None:
    failing = python("fragile", "raise SystemExit('no such table')", ready=lambda: False)
    with pytest.raises(ChildFailed, match=r"fragile ended with 1 before it was ready(.|\n)*no such table"):
        supervisor.start(failing)


def test_a_child_that_is_not_ready_in_time_is_named(supervisor: Supervisor) -> None:
    with pytest.raises(ChildFailed, match=r"slow was not ready within 0.1 s"):
        supervisor.start(python("slow", SLEEPER, ready=lambda: False, timeout=0.1))


def test_a_failed_command_is_reported(supervisor: Supervisor) -> None:
    with pytest.raises(ChildFailed, match="seed ended with 3"):
        supervisor.run(python("seed", "raise SystemExit(3)"))


def test_a_command_that_succeeds_is_not_run_again(supervisor: Supervisor, terminal: io.StringIO) -> None:
    supervisor.run(python("seed", "print('sown')"))
    assert terminal.getvalue() == "    seed | sown\n"


def test_a_child_sees_only_its_own_environment(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    supervisor.run(python("env", "import os; assert 'AWS_PROFILE' not in os.environ"))


def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path), SLEEPER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as parent:
        try:
            assert parent.stdout is not None
            child = int(parent.stdout.readline())
            assert alive(child)
        finally:
            parent.kill()
    wait_for(lambda: not alive(child))
