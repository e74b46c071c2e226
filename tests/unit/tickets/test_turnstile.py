"""Threads of one process at one ticket."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from shared.tickets.turnstile import Turnstile


def test_one_thread_at_a_time_is_at_a_ticket_and_the_next_knows_that_it_waited() -> None:
    turnstile, inside, go_on = Turnstile(), Event(), Event()
    trace: list[str] = []

    def first() -> bool:
        with turnstile.at("tkt_1") as waited:
            inside.set()
            go_on.wait(10)
            trace.append("first")
            return waited

    def second() -> bool:
        inside.wait(10)
        go_on.set()
        with turnstile.at("tkt_1") as waited:
            trace.append("second")
            return waited

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(first), pool.submit(second)
        assert one.result(10) is False
        two.result(10)
    assert trace == ["first", "second"]


def test_other_tickets_do_not_wait() -> None:
    turnstile = Turnstile()
    with turnstile.at("tkt_1"), ThreadPoolExecutor(1) as pool:

        def pass_by() -> bool:
            with turnstile.at("tkt_2") as waited:
                return waited

        assert pool.submit(pass_by).result(10) is False
