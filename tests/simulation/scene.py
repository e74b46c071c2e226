"""One small story, the same each time, for faults that are named instead of drawn."""

from collections.abc import Iterator
from contextlib import suppress

from shared.identities.caller import Caller
from shared.kernel.errors import DomainError
from shared.messages.service import NewMessage
from shared.tickets.desk import NewTicket
from tests.simulation.enrolling import enrol
from tests.simulation.faults import Kind, PlannedFaults
from tests.simulation.people import Agent, Customer, Remover
from tests.simulation.running import Play, Result, run
from tests.simulation.schedule import Schedule

OPS = ("post", "turn", "claim", "chat", "fanout", "attach", "erase", "rewrap", "webhook")
"""What faults are aimed at: a message, the worker's answer, an agent's claim, a chat, the stream's consumer, a
file, an erasure, wrapping keys again, and telling other systems."""
MOST_CALLS = 14
"""Calls of one operation that are tried; later ones are workers looking for more."""
STORY = Schedule(7, 1, 1, 1)
Plan = dict[tuple[str, int], Kind]


class Scene(Play):
    """A customer opens a ticket, writes and chats; an agent claims it; keys are renewed, and the customer is erased."""

    def people(self) -> None:
        """Two of them, on time."""
        world = self.world
        user, staff = enrol(world, "customer0", "customer"), enrol(world, "agent0", "agent")
        customer = Customer(world, user.name, Caller(user.id, "customer", "ses"))
        agent = Agent(world, staff.name, Caller(staff.id, "agent", "ses"))
        agent.colleague = staff.id
        self.start("customer0", lambda: self.write(customer, agent))

    def write(self, customer: Customer, agent: Agent) -> None:
        """Open, post, chat; claimed while the assistant may still be at it."""
        world = self.world
        new = NewTicket("Order", "open: refund please")
        ticket = customer.once(
            "open", "open: refund please", lambda once: world.desk.open(new, customer.caller, world.people, once)
        )
        world.sim.sleep(4.0)
        text = "post: refund please"
        customer.once("post", text, lambda once: world.messages.add(ticket.id, NewMessage(text), customer.caller, once))
        world.sim.sleep(4.0)
        talk = " chat : refund please"
        customer.once(
            "chat", talk, lambda once: world.chat.on_ticket(ticket.id, talk, None, customer.caller, once, "en")
        )
        customer.attach(ticket.id)
        customer.post(ticket.id)
        world.sim.sleep(1.95)
        agent.claim(ticket)
        self.end(customer)

    def end(self, customer: Customer) -> None:
        """Keys are wrapped again, and the customer is erased."""
        world = self.world
        renewal = world.vault.renewal()

        def renew() -> None:
            for act in (renewal.rotate, renewal.run, renewal.run):
                with suppress(DomainError):
                    act()

        world.spawn("renewal", renew, "rewrap")
        world.sim.sleep(6.0)
        admin = enrol(world, "admin", "admin")
        Remover(world, admin.name, Caller(admin.id, "admin", "ses")).erase(customer.caller.id)


def played(plan: Plan) -> tuple[Result, PlannedFaults]:
    """The story under a plan."""
    faults = PlannedFaults(plan)
    return run(STORY, faults=faults, play=Scene), faults


def singles(ops: tuple[str, ...]) -> Iterator[Plan]:
    """Every kind of fault at every call of those operations."""
    _, faults = played({})
    for op in ops:
        for number, kinds in enumerate(faults.calls[op][:MOST_CALLS], 1):
            yield from ({(op, number): kind} for kind in kinds)


def pairs(op: str) -> Iterator[Plan]:
    """Every two faults at calls of one operation, the second at any call that then still comes."""
    for first in singles((op,)):
        (place,) = first
        _, faults = played(first)
        later = enumerate(faults.calls[op][: MOST_CALLS + 2], 1)
        for number, kinds in later:
            if number > place[1]:
                yield from (first | {(op, number): kind} for kind in kinds)
