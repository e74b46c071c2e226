"""An answer is shown while it comes into being: only what was checked, only while it is owed, piece by piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.assistant.drafts import MOST_PIECES, pieces
from shared.kernel.errors import Unavailable
from shared.tickets.ticket import Ticket
from tests.unit.assistant.house import QUOTE, House


@given(st.text())
def test_the_pieces_together_are_the_text(text: str) -> None:
    found = pieces(text)
    assert "".join(found) == text
    assert len(found) <= MOST_PIECES
    assert all(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes. You can! Why?", ["Yes. ", "You can! ", "Why?"]),
        ("可以退款。五天内到账！还有问题吗？", ["可以退款。", "五天内到账！", "还有问题吗？"]),
        ("one\n\ntwo", ["one\n\n", "two"]),
        ("", []),
    ],
)
def test_pieces_are_sentences_of_either_language(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_an_answer_is_announced_and_then_shown_as_it_is_said() -> None:
    house = House()
    house.turns.answer(house.ticket_id, 1)
    assert house.easel.shown[0] == (house.ticket_id, 1, 0, "")
    told = "".join(text for _, _, _, text in house.easel.shown)
    assert told == house.spoken[-1].content
    assert QUOTE in told
    assert [index for _, _, index, _ in house.easel.shown] == list(range(len(house.easel.shown)))


def test_a_hand_over_shows_nothing_of_what_was_drafted() -> None:
    house = House(opening="I want a person")
    house.scripted.outcome = ValueError("an engine that breaks")
    house.turns.answer(house.ticket_id, 1)
    assert [text for _, _, _, text in house.easel.shown] == [""]


def test_nothing_is_shown_over_a_person_who_took_over_meanwhile() -> None:
    house = House()
    house.scripted.meanwhile = house.claim
    assert house.turns.answer(house.ticket_id, 1).outcome == "discarded"
    assert [text for _, _, _, text in house.easel.shown] == [""]


def test_a_turn_that_is_not_owed_shows_nothing() -> None:
    house = House()
    house.turns.answer(house.ticket_id, 1)
    before = len(house.easel.shown)
    house.turns.answer(house.ticket_id, 1)
    assert len(house.easel.shown) == before


def test_an_answer_that_cannot_be_shown_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    reads = iter([house.tickets.get])

    def get(ticket_id: str) -> Ticket:
        read = next(reads, None)
        if read is None:
            raise Unavailable
        return read(ticket_id)

    monkeypatch.setattr(house.tickets, "get", get)
    result = house.turns.answer(house.ticket_id, 1)
    monkeypatch.undo()
    assert result.outcome == "answered"
    assert house.spoken[-1].content.startswith(QUOTE[:10])
    assert [text for _, _, _, text in house.easel.shown] == [""]
