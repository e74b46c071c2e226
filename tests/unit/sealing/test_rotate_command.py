"""Keys are changed by hand, and the command says how far it came."""

import stat
from pathlib import Path

import pytest

from functions.container.keys import run
from shared.adapters.aesgcm.cipher import AesGcm
from shared.adapters.keyfile.service import read_key_file
from shared.adapters.memory.process import SeededIds
from shared.sealing import renewal
from tests.sealing_house import House
from tests.unit.sealing.test_renewal import a_used_house, opened


def test_every_data_key_hangs_on_a_new_branch_afterwards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewal, "PAGE", 2)
    monkeypatch.setattr(renewal, "MOST_PAGES", 1)
    house, sealed = a_used_house(5)
    (old,) = house.keys.branches()
    assert run(["rotate"], lambda: house.renewal, SeededIds) == 0
    assert not house.keys.under(old.id, 10, None).items
    assert opened(house, sealed) == [f"hello {n}" for n in range(5)]
    told = capsys.readouterr().out
    assert "5 data keys wrapped again" in told
    assert "dropped by the schedule" in told


def test_with_the_key_service_away_it_says_so_and_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    house, sealed = a_used_house()
    house.service.away = True
    assert run(["rotate"], lambda: house.renewal, SeededIds) == 1
    assert "unavailable" in capsys.readouterr().err
    house.service.away = False
    assert opened(house, sealed)[0] == "hello 0"


def told(file: Path) -> int:
    return run(["master", str(file)], lambda: House().renewal, SeededIds)


def test_a_key_file_is_made_for_nobody_elses_eyes_and_a_second_key_keeps_the_first(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    assert told(file) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    first = read_key_file(str(file), AesGcm(), SeededIds().raw)
    wrapped = first.wrap(b"k" * 32, "brn_1")
    assert told(file) == 0
    second = read_key_file(str(file), AesGcm(), SeededIds().raw)
    assert (first.master, second.master) == ("m1", "m2")
    assert second.unwrap(wrapped, "brn_1") == b"k" * 32


@pytest.mark.parametrize("text", ["", "[]", '{"keys": 1}', "not json"])
def test_a_file_that_is_no_key_file_is_left_as_it_is(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(text)
    assert told(file) == 1
    assert file.read_text() == text
    assert "left as it is" in capsys.readouterr().err
