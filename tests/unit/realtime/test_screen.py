"""The reference client's protocol, whatever the network does to the frames."""

import random

import pytest

from tests.realtime_client import Frame, Screen

TICKET = "tkt_1"


def entry(seq: int) -> Frame:
    return {"type": "entry", "ticket_id": TICKET, "seq": seq, "entry": None}


def subscribed(seq: int, more: bool = False) -> Frame:
    return {"type": "subscribed", "ticket_id": TICKET, "seq": seq, "more": more}


def ask(since: int) -> list[Frame]:
    return [{"type": "subscribe", "ticket_id": TICKET, "since_seq": since}]


def shown(screen: Screen) -> list[int]:
    return [frame["seq"] for frame in screen.tickets[TICKET].entries]


def test_it_asks_from_what_it_holds() -> None:
    screen = Screen(TICKET)
    assert screen.opened() == ask(0)
    screen.hear(entry(1))
    assert screen.opened() == ask(1)


def test_what_comes_twice_is_shown_once() -> None:
    screen = Screen(TICKET)
    for seq in (1, 1, 2, 1, 2):
        screen.hear(entry(seq))
    assert shown(screen) == [1, 2]


def test_a_hole_is_asked_for_and_what_came_early_is_kept() -> None:
    screen = Screen(TICKET)
    screen.hear(entry(1))
    assert screen.hear(entry(3)) == ask(1)
    assert screen.hear(entry(2)) == []
    assert screen.hear(subscribed(3)) == []
    assert shown(screen) == [1, 2, 3]


def test_early_entries_during_the_backlog_are_no_hole() -> None:
    screen = Screen(TICKET)
    screen.opened()
    assert screen.hear(entry(2)) == []
    assert screen.hear(entry(1)) == []
    assert screen.hear(subscribed(2)) == []
    assert shown(screen) == [1, 2]


def test_a_piece_of_the_backlog_asks_for_the_next() -> None:
    screen = Screen(TICKET)
    screen.opened()
    screen.hear(entry(1))
    assert screen.hear(subscribed(1, more=True)) == ask(1)


@pytest.mark.parametrize("seed", range(20))
def test_any_order_with_losses_and_repeats_ends_in_the_timeline(seed: int) -> None:
    chance, screen = random.Random(seed), Screen(TICKET)
    waiting = screen.opened()
    for seq in range(1, 60):
        for frame in chance.choices([entry(one) for one in range(max(1, seq - 4), seq + 1)], k=chance.randrange(3)):
            waiting += screen.hear(frame)
    while waiting:
        since = waiting.pop(0)["since_seq"]
        for seq in range(since + 1, 60):
            waiting += screen.hear(entry(seq))
        waiting += screen.hear(subscribed(59))
    assert shown(screen) == list(range(1, 60))
