"""A ticket is what its timeline tells."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tickets.replay import replay
from tests.builders import an_entry, an_opening
from tests.random_acts import random_acts


@given(st.integers(0, 2**32), st.integers(0, 15))
def test_any_life_replays_to_the_ticket_at_each_point(seed: int, length: int) -> None:
    life = [an_opening(tags=("vip",))]
    life += random_acts(life[0].ticket, Random(seed), length)
    for number, written in enumerate(life, start=1):
        assert replay(each.entry for each in life[:number]) == written.ticket


@given(st.integers(0, 2**32))
def test_every_write_moves_seq_and_version_by_one_and_never_back_in_time(seed: int) -> None:
    before = an_opening().ticket
    for written in random_acts(before, Random(seed), 10):
        assert written.based_on == before.version
        assert written.ticket.version == written.ticket.seq == written.entry.seq == before.seq + 1
        assert written.ticket.updated_at >= before.updated_at
        before = written.ticket


def test_a_gap_is_noticed() -> None:
    with pytest.raises(ValueError, match="entry 3 follows 1"):
        replay([an_entry(), an_entry(seq=3)])


def test_no_entries_are_no_ticket() -> None:
    with pytest.raises(ValueError, match="at least one"):
        replay([])
