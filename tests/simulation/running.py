"""Chaos, heal, drain, redrive, ask again, and hold everything against the promises."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from shared.identities.caller import Caller
from tests.simulation import backstage, deadlines, invariants, stored
from tests.simulation.enrolling import enrol
from tests.simulation.faults import Faults
from tests.simulation.people import Agent, Customer, Device, Remover, Thief
from tests.simulation.schedule import Schedule
from tests.simulation.scheduler import Task
from tests.simulation.world import World

FINISHED_WITHIN = 1_500.0
"""Virtual seconds after healing until every client has its answers."""
DRAINED_WITHIN = 900.0
RETRIED_WITHIN = 10_000.0
QUIET = 130.0


@dataclass(frozen=True)
class Result:
    """How a schedule ended."""

    schedule: Schedule
    violations: tuple[str, ...]
    digest: str
    calls: int
    faults: int
    seconds: float
    lines: tuple[str, ...] = ()


Make = Callable[[Schedule, Faults | None, bool], World]


@contextmanager
def quiet() -> Iterator[None]:
    """The product tells of every fault; nobody wants to read it a million times."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def run(
    schedule: Schedule,
    make: Make = World,
    faults: Faults | None = None,
    keep_trace: bool = False,
    play: "type[Play] | None" = None,
) -> Result:
    """One schedule from its seed to its verdict."""
    with quiet():
        world = make(schedule, faults, keep_trace)
        try:
            (play or Play)(world).play()
        except Exception as error:  # noqa: BLE001 - what escapes a task is a finding like any other
            world.journal.violated("0 nothing breaks", f"{type(error).__name__}: {error}")
        finally:
            world.sim.close()
        found = tuple(world.journal.violations)
    count = getattr(world.faults, "count", 0)
    lines = tuple(world.trace.lines or ())
    return Result(schedule, found, world.trace.digest, world.trace.calls, count, world.sim.now, lines)


class Play:
    """The acts of one schedule, in order."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.clients: list[Task] = []

    def play(self) -> None:
        """All of them; a system that does not come to rest has broken a promise already."""
        world = self.world
        world.sockets.open()
        world.hooks.open()
        self.backstage()
        self.people()
        world.sim.run(lambda: False, world.chaos_ends)
        world.faults.stop()
        healed = max(world.sim.now, world.chaos_ends)
        if not world.sim.run(lambda: all(task.ended for task in self.clients), healed + FINISHED_WITHIN):
            world.journal.violated("1 every request is answered", self.unfinished())
        self.drain("7 everything drains")
        if world.sockets.clients:
            # Once around the clients' own resumption.
            world.sim.run(lambda: False, world.sim.now + QUIET)
        deadlines.check_turns(world, healed)
        invariants.check_dead_letters(world)
        self.redrive()
        invariants.check_all(world)
        self.ask_again()

    def unfinished(self) -> str:
        """Who still waits."""
        return ", ".join(task.name for task in self.clients if not task.ended)

    def backstage(self) -> None:
        """Workers, each on a task of its own; now and then two read one shard, as when a lease was lost."""
        world = self.world
        random = world.stream_of("backstage")
        patience = world.patience()
        for shard in world.stream.shards:
            for number in range(random.choice((1, 1, 2))):
                worker = backstage.StreamWorker(world, shard, patience, random.choice((1, 3, 10)))
                world.spawn(f"{shard}/{number}", worker.run, "fanout")
        for number in range(2):
            taker = backstage.QueueWorker(
                world, world.ai_turns, world.queue_handle(), random.choice((1, 3)), world.delete
            )
            world.spawn(f"ai/{number}", taker.run, "turn")
        parked = world.given_up
        retrying = backstage.QueueWorker(world, parked, world.retry_handle(), 1, parked.delete)
        world.spawn("parked", retrying.run, "repair")
        sweep = world.sweep()
        if sweep is not None:
            world.spawn("sweeper", backstage.Timer(world, sweep, 60.0).run, "sweep")
        world.spawn("eraser", backstage.Timer(world, world.erase_handle(), 60.0).run, "erase")
        if random.random() < 0.4:
            world.spawn("renewal", backstage.Renewer(world, random.choice((1.0, 4.0, 8.0))).run, "rewrap")
        if random.random() < 0.3:
            world.intruders += 1
            world.ai_queue.send({"ticket_id": "nonsense"}, delay=random.randrange(20))

    def people(self) -> None:
        """Customers and agents; the first customer also has a device and perhaps a thief."""
        world, shape = self.world, self.world.schedule
        customers = [enrol(world, f"customer{n}", "customer") for n in range(shape.customers)]
        agents = [enrol(world, f"agent{n}", "agent") for n in range(shape.agents)]
        for user in customers:
            customer = Customer(world, user.name, Caller(user.id, "customer", "ses"))
            self.start(user.name, partial(customer.live, shape.messages))
        for number, user in enumerate(agents):
            agent = Agent(world, user.name, Caller(user.id, "agent", "ses"))
            agent.colleague = agents[(number + 1) % len(agents)].id
            self.start(user.name, partial(agent.live, shape.messages + 1))
        if len(customers) > 1 and world.stream_of("leaver").random() < 0.5:
            admin = enrol(world, "admin", "admin")
            remover = Remover(world, admin.name, Caller(admin.id, "admin", "ses"))
            self.start("admin", lambda: remover.live(customers[-1].id))
        if customers and shape.messages > 2:
            self.devices(customers[0].email, Caller(customers[0].id, "customer", "ses"))

    def devices(self, email: str, caller: Caller) -> None:
        """A device that refreshes, and a thief of its tokens."""
        device = Device(self.world, "device", caller)
        device.email = email
        self.start("device", lambda: device.live(4))
        if device.random.random() < 0.5:
            thief = Thief(self.world, "thief", caller)
            thief.victim = device
            self.start("thief", lambda: thief.live(2))

    def start(self, name: str, live: Callable[[], None]) -> None:
        """A client that is waited for."""
        self.clients.append(self.world.spawn(name, live))

    def drain(self, rule: str) -> None:
        """Until nothing is owed to anybody."""
        world = self.world
        if world.sim.run(lambda: invariants.at_rest(world), world.sim.now + DRAINED_WITHIN):
            return
        # What another system refused three times is due again half an hour later, after the fourth two hours later.
        if world.hooks.unrest() == invariants.unrest(world):
            world.sim.run(lambda: invariants.at_rest(world), world.sim.now + RETRIED_WITHIN)
        if not invariants.at_rest(world):
            world.journal.violated(rule, invariants.unrest(world))

    def redrive(self) -> None:
        """The defect is mended, and an operator sends what was given up through again."""
        world = self.world
        world.mended = True
        dead, world.ai_queue.dead = world.ai_queue.dead, []
        for job in dead:
            if "turn" in job:
                world.ai_queue.send(job)
        unreadable, world.failures.dead = world.failures.dead, []
        for job in unreadable:
            world.failures.send(job)
        self.drain("12 redrive heals")
        if world.failures.dead:
            world.journal.violated("12 redrive heals", f"{len(world.failures.dead)} entries")

    def ask_again(self) -> None:
        """Every acknowledged request once more under its key: the same answer, and nothing is written."""
        world = self.world
        task = world.spawn("again", lambda: invariants.check_repeats(world))
        before = stored.size(world)
        if not world.sim.run(lambda: task.ended, world.sim.now + DRAINED_WITHIN):
            world.journal.violated("3 a repeat is answered", "no answer")
        if stored.size(world) != before:
            world.journal.violated("3 a repeat writes nothing", f"{before} entries became {stored.size(world)}")
