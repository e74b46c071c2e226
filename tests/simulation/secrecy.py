"""Promise 13: what people wrote stands nowhere in the clear, and everything that is kept still opens."""

from collections.abc import Iterator
from typing import Any

from tests.simulation.world import World


def check_secrecy(world: World) -> None:
    """No word that was asked for in any twin: tables, stream, queues, dead letters, cache."""
    kept = {name: repr(thing) for name, thing in outside(world)}
    for asked in world.journal.asked:
        found = [name for name, text in kept.items() if asked.content in text]
        if found:
            world.journal.violated("13 no word in the clear", f"{asked.who} {asked.op} {asked.key} in {found}")
    addresses = [name for name, text in kept.items() if "@example.com" in text]
    if addresses:
        world.journal.violated("13 no address in the clear", str(addresses))


def outside(world: World) -> Iterator[tuple[str, Any]]:
    """Whatever is not in a process that decrypts."""
    yield "tickets", (world.store._tickets, world.store._entries, world.store._once)  # type: ignore[attr-defined]
    yield "receipts", vars(world.receipt_store)
    yield "identities", (world.held.users, world.held.sessions, world.held.once, world.held.codes)
    yield "activity", vars(world.activity_store)
    yield "stream", world.stream.shards
    yield "queue", [held.job for held in world.ai_queue._held.values()]
    yield "dead letters", world.ai_queue.dead
    yield "failures", [held.job for held in world.failures._held.values()]
    yield "keys", vars(world.vault.keys)
