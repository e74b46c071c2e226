"""Keys are changed by hand, now, and the command says how far it came."""

import pytest

from functions.container.keys import run
from shared.sealing import renewal
from tests.unit.sealing.test_renewal import a_used_house, opened


def test_every_data_key_hangs_on_a_new_branch_afterwards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renewal, "PAGE", 2)
    monkeypatch.setattr(renewal, "MOST_PAGES", 1)
    house, sealed = a_used_house(5)
    (old,) = house.keys.branches()
    assert run(["rotate"], house.renewal) == 0
    assert not house.keys.under(old.id, 10, None).items
    assert opened(house, sealed) == [f"hello {n}" for n in range(5)]
    told = capsys.readouterr().out
    assert "5 data keys wrapped again" in told
    assert "dropped by the schedule" in told


def test_with_the_key_service_away_it_says_so_and_nothing_is_lost(capsys: pytest.CaptureFixture[str]) -> None:
    house, sealed = a_used_house()
    house.service.away = True
    assert run(["rotate"], house.renewal) == 1
    assert "unavailable" in capsys.readouterr().err
    house.service.away = False
    assert opened(house, sealed)[0] == "hello 0"
