"""Promises 13 and 14: no word in the clear outside of who decrypts, and none of an erased person anywhere."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from shared.adapters.jwt.certificates import read_certificate
from shared.sealing.keys import KeyRing
from shared.sealing.sealer import ERASED, Opener
from shared.sealing.tickets import covered_entry, covered_ticket
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
    yield "attachments", world.store.attachments  # type: ignore[attr-defined]
    yield "erasures", vars(world.erasure_store)
    yield from world.hooks.outside()


def check_erased(world: World) -> None:
    """14: with every key that is left, none of an erased person's texts opens; everybody else's do."""
    cipher = world.vault.cipher
    ring = KeyRing(world.vault.keys, world.vault.service, cipher, world.exact, timedelta(days=1), 10_000)
    opener = Opener(ring, cipher)
    for ticket in world.store._tickets.values():  # type: ignore[attr-defined]
        gone = ticket.requester_id in world.journal.erased
        told = [covered_ticket(ticket, opener.open).subject]
        for entry in world.store._entries[ticket.id]:  # type: ignore[attr-defined]
            told.append(covered_entry(entry, opener.open).content or ERASED)
        if gone and set(told) != {ERASED}:
            world.journal.violated("14 an erased person's text is unrecoverable", ticket.id)
        if gone and ticket.status != "closed":
            world.journal.violated("14 an erased person's tickets are closed", ticket.id)
        if not gone and ERASED in told[:1]:
            world.journal.violated("14 nobody else is erased", ticket.id)
    for user_id in world.journal.erased:
        erasure = world.erasure_store.find(user_id)
        if erasure is None or erasure.certificate is None:
            world.journal.violated("14 an erasure has its certificate", user_id)
        else:
            read_certificate(erasure.certificate.jws, erasure.certificate.key)
