"""Random lives of tickets, for properties that must hold after any of them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from shared.kernel.errors import DomainError
from shared.tickets import acts
from shared.tickets.states import TRANSITIONS
from shared.tickets.ticket import Ticket, Written
from shared.tickets.timeline import Author
from tests.builders import AGENT, AGENT_ID, OTHER_AGENT_ID

Act = Callable[[Ticket, str, datetime, Random], Written]

ACTS: dict[str, Act] = {
    "customer_writes": lambda t, id, at, r: acts.customer_writes(t, id, Author(t.requester_id, "customer"), "?", at),
    "staff_replies": lambda t, id, at, r: acts.staff_replies(t, id, AGENT, "!", at),
    "add_note": lambda t, id, at, r: acts.add_note(t, id, AGENT, "note", at),
    "update": lambda t, id, at, r: acts.update(
        t, id, AGENT, at, {"priority": r.choice(["high", "low"]), "tags": r.choice([(), ("vip",), ("a", "vip")])}
    ),
    "assign": lambda t, id, at, r: acts.assign(t, id, AGENT, at, r.choice([None, AGENT_ID, OTHER_AGENT_ID])),
    "return_to_ai": lambda t, id, at, r: acts.return_to_ai(t, id, AGENT, at),
    "transition": lambda t, id, at, r: acts.transition(t, id, AGENT, at, r.choice(sorted(TRANSITIONS)), "because"),
    "hand_over": lambda t, id, at, r: acts.hand_over(t, id, AGENT, at, r.choice([None, "asked for a person"])),
    "answer": lambda t, id, at, r: acts.settle_turn(
        t, id, at, t.open_turn or 0, "answer", answer_id=f"ans_{t.seq}", facts={"language": r.choice(["zh", None])}
    ),
    "give_up": lambda t, id, at, r: acts.settle_turn(
        t, id, at, t.open_turn or 0, "sorry", answer_id=f"ans_{t.seq}", hand_over_reason="unsure"
    ),
}


def random_acts(ticket: Ticket, random: Random, count: int) -> Iterator[Written]:
    """That many acts the ticket allows, one after the other; fewer where it allows none."""
    for number in range(count):
        written = a_random_act(ticket, random, f"evt_{ticket.id}_{number}")
        if written is None:
            return
        yield written
        ticket = written.ticket


def a_random_act(ticket: Ticket, random: Random, entry_id: str) -> Written | None:
    """One act the ticket allows; None when it allows none, as a closed one."""
    at = ticket.updated_at + timedelta(milliseconds=random.randrange(1, 100_000))
    for name in random.sample(sorted(ACTS), len(ACTS)):
        try:
            return ACTS[name](ticket, entry_id, at, random)
        except DomainError:
            continue
    return None
