"""What is installed is pinned by hash, wherever it is fetched from."""

import pytest

from tests.architecture.source import ROOT

LOCKS = ["package-lock.json", "web/package-lock.json", "requirements", "layers"]
FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for lock in LOCKS
    for path in ([ROOT / lock] if (ROOT / lock).is_file() else (ROOT / lock).rglob("*.txt"))
)


def test_all_locks_are_looked_at() -> None:
    assert len(FILES) >= 6


@pytest.mark.parametrize("name", FILES)
def test_a_lock_names_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".json")])
def test_every_package_of_npm_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
