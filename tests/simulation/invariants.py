"""The promises of the message contract, checked on what is left when a schedule is over.

Still to come with their features: 11 (due times), 16 (audit chain).
Each is one more function of the world, called from `check_all`.
"""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

from shared.assistant.chat import WITH_PEOPLE
from shared.kernel.errors import DomainError
from shared.reporting.counting import Recounting
from shared.tickets.replay import replay
from shared.tickets.states import REOPENED_BY_CUSTOMER, TRANSITIONS
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Entry
from tests.simulation.client import fingerprint
from tests.simulation.files import check_files
from tests.simulation.journal import Asked
from tests.simulation.screens import check_screens
from tests.simulation.secrecy import check_erased, check_secrecy
from tests.simulation.sessions import check_sessions
from tests.simulation.stored import all_entries, histories, told, twin
from tests.simulation.webhooks import check_webhooks
from tests.simulation.world import SETTLE, World

EVER, NEVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def check_all(world: World) -> None:
    """Everything but the turns' deadlines."""
    for ticket, entries in histories(world):
        check_sequence(world, ticket, entries)
        check_machine(world, entries)
        check_assistant(world, entries)
        check_claims(world, entries)
    check_stored(world)
    check_records(world)
    check_commands(world)
    check_fanout(world)
    check_sessions(world)
    check_chats(world)
    check_secrecy(world)
    check_erased(world)
    check_files(world)
    check_screens(world)
    check_webhooks(world)
    check_counters(world)


def check_counters(world: World) -> None:
    """9: counters equal a recount."""
    if world.counts:
        found = Recounting(twin(world), world.counter_store).run(EVER, NEVER, write=False)
        if found.missed or found.wrong:
            world.journal.violated("9 counters equal a recount", f"{found.missed} missed, {found.wrong[:2]}")


def check_chats(world: World) -> None:
    """4: a chat is told that people have the ticket only where they had."""
    for asked in world.journal.asked:
        value = asked.value
        if asked.op == "chat" and value is not None and value.receipt is None and value.text == WITH_PEOPLE["en"]:
            entries = told(world, value.ticket_id)
            own = next(entry for entry in entries if entry.content == asked.content)
            if own.owner != "human":
                world.journal.violated("4 a chat is told the truth", f"{value.ticket_id}@{own.seq}")


def at_rest(world: World) -> bool:
    """Nothing owed, nothing queued, nothing unread."""
    return not unrest(world)


def unrest(world: World) -> str:
    """What is still under way."""
    read = all(
        int(world.kept_places.kept.get(shard) or 0) >= len(records) for shard, records in world.stream.shards.items()
    )
    if not read:
        return "the stream is not read to its end"
    if not all(task.ended for task in world.requests):
        return "requests nobody waits for"
    if world.ai_queue.waiting or world.failures.waiting:
        return f"{world.ai_queue.waiting} jobs, {world.failures.waiting} parked entries"
    left = [each.id for each in world.erasure_store._held.values() if each.stage != "done"]
    if left:
        return f"erasures not done: {left}"
    owed = [ticket.id for ticket in twin(world)._tickets.values() if ticket.open_turn]
    return f"turns owed on {owed}" if owed else str(world.hooks.unrest())


def check_sequence(world: World, ticket: Ticket, entries: list[Entry]) -> None:
    """2 and 6: one gapless sequence, and the state is what the history tells."""
    if [entry.seq for entry in entries] != list(range(1, ticket.seq + 1)) or ticket.version != ticket.seq:
        world.journal.violated("2 seq is 1..n", f"{ticket.id} {[entry.seq for entry in entries]} META {ticket.seq}")
    elif replay(entries) != ticket:
        world.journal.violated("6 history replays to the state", ticket.id)
    if len({entry.id for entry in entries}) != len(entries):
        world.journal.violated("2 entries have ids of their own", ticket.id)


def check_machine(world: World, entries: list[Entry]) -> None:
    """10: every change of status is a step somebody could take."""
    for entry in entries[1:]:
        old, new = entry.changes.get("status", (None, None))
        reopened = entry.type == "user" and old in REOPENED_BY_CUSTOMER and new == "open"
        if old is not None and new not in TRANSITIONS[old] and not reopened and entry.event != "erased":
            world.journal.violated("10 statuses follow the machine", f"{entry.ticket_id}@{entry.seq} {old} {new}")


def check_assistant(world: World, entries: list[Entry]) -> None:
    """4 and 5: one settlement a turn, of the latest message, after the settle time, never over a person."""
    settled: Counter[int] = Counter()
    by_seq = {entry.seq: entry for entry in entries}
    for before, entry in pairwise(entries):
        if entry.author.role != "ai":
            continue
        turn = entry.turn or 0
        settled[turn] += 1
        place = f"{entry.ticket_id}@{entry.seq} turn {turn}"
        if before.owner != "ai":
            world.journal.violated("5 no AI message after a person took over", place)
        if entry.event == "handed_over" and entry.owner != "human":
            world.journal.violated("5 a hand-over goes to people", place)
        if any(other.type == "user" and turn < other.seq < entry.seq for other in entries):
            world.journal.violated("4 the answer is to the latest message", place)
        waited = (entry.at - by_seq[turn].at).total_seconds() if turn in by_seq else 0.0
        chat = turn in by_seq and " chat " in str(by_seq[turn].content)
        if waited < SETTLE - 1.1 and not chat:
            world.journal.violated("4 the assistant waits until the customer has finished", f"{place} {waited} s")
        check_receipt(world, entry)
    if any(count > 1 for count in settled.values()):
        world.journal.violated("4 one answer or hand-over per turn", f"{entries[0].ticket_id} {dict(settled)}")


def check_receipt(world: World, entry: Entry) -> None:
    """What the assistant said can be shown with what stood behind it."""
    try:
        receipt = world.vault.receipt(world.receipt_store.get(str(entry.answer_id)))
    except DomainError:
        world.journal.violated("4 an answer has its receipt", f"{entry.ticket_id}@{entry.seq}")
        return
    if (receipt.outcome, receipt.reply, receipt.turn) != ("said", entry.content, entry.turn):
        world.journal.violated("4 an answer has its receipt", f"{entry.ticket_id}@{entry.seq} has another's")


def check_claims(world: World, entries: list[Entry]) -> None:
    """Who takes a ticket for themselves takes it from nobody."""
    for entry in entries:
        held, taker = entry.changes.get("assignee_id", (None, None))
        if entry.event == "assigned" and taker == entry.author.id and held is not None:
            world.journal.violated("5 a claim takes a free ticket", f"{entry.ticket_id}@{entry.seq} from {held}")


def check_stored(world: World) -> None:
    """1: acknowledged is stored once, where it was said to be; everything else at most once; refused never."""
    stored: dict[str, list[Entry]] = {}
    for entry in all_entries(world):
        if entry.author.role != "ai" and entry.content is not None:
            stored.setdefault(entry.content, []).append(entry)
    for asked in world.journal.asked:
        found = stored.get(asked.content, [])
        if len(found) > 1:
            world.journal.violated("1 stored at most once", f"{asked.who} {asked.op} {asked.key}: {len(found)} times")
        # An earlier try, sealed before the key was destroyed, may still arrive; nobody will ever read it.
        if asked.refused and found and asked.refused != "person_erased":
            world.journal.violated("1 refused is not stored", f"{asked.who} {asked.op} {asked.key} {asked.refused}")
        if asked.acknowledged and not (len(found) == 1 and is_told(world, asked, found[0])):
            world.journal.violated("1 acknowledged is stored", f"{asked.who} {asked.op} {asked.key}")
        if asked.after_seq is not None and found:
            check_view(world, asked, found[0])


def is_told(world: World, asked: Asked, entry: Entry) -> bool:
    """Whether the acknowledgement names what is stored; word for word, unless they were erased in between."""
    value = asked.value
    if isinstance(value, Entry):
        return value == entry or (of_the_erased(world, asked) and (value.id, value.seq) == (entry.id, entry.seq))
    if isinstance(value, Ticket):
        return (value.id, value.seq, entry.seq) == (entry.ticket_id, 1, 1)
    return bool(value.ticket_id == entry.ticket_id)


def check_view(world: World, asked: Asked, reply: Entry) -> None:
    """A reply never stands after a customer's message its writer had not seen."""
    entries = told(world, reply.ticket_id)
    if any(entry.type == "user" and int(asked.after_seq or 0) < entry.seq < reply.seq for entry in entries):
        world.journal.violated("5 a reply is to what was seen", f"{reply.ticket_id}@{reply.seq}")


def check_records(world: World) -> None:
    """3: an idempotency record and its result exist together."""
    records = twin(world)._once
    wanted = {fingerprint(asked.op, asked.content, asked.who): asked for asked in world.journal.asked}
    results: dict[str, Entry] = {}
    for (scope, key), (print_, ticket_id, seq) in records.items():
        entries = told(world, ticket_id)
        asked = wanted.get(print_)
        if asked is None or len(entries) < seq or entries[seq - 1].content != asked.content:
            world.journal.violated("3 a record has its result", f"{scope} {key}")
        else:
            results[asked.content] = entries[seq - 1]
    for entry in all_entries(world):
        if entry.content is not None and entry.author.role != "ai" and entry.content not in results:
            world.journal.violated("3 a result has its record", f"{entry.ticket_id}@{entry.seq}")


def check_commands(world: World) -> None:
    """Changes under If-Match happen as often as they were acknowledged, and never more often than asked for."""
    done: Counter[tuple[str, str, str]] = Counter(
        (entry.author.id, entry.ticket_id, entry.event) for entry in all_entries(world)
    )
    asked = Counter((command.who, command.ticket_id, command.event) for command in world.journal.commands)
    told = Counter(
        (command.who, command.ticket_id, command.event) for command in world.journal.commands if command.acknowledged
    )
    for key, count in asked.items():
        # A plain claim may be written twice by two tries, and hand-overs of a person's ticket write nothing.
        least = told[key] if key[2] != "handed_over" else 0
        if key[2] != "assigned" and not least <= done[key] <= count:
            world.journal.violated(
                "1 a change happens once", f"{key} {told[key]} told, {done[key]} done, {count} asked"
            )


def check_fanout(world: World) -> None:
    """7 and 9: every entry reached its consumers, and what they made of it equals a recount."""
    entries = all_entries(world)
    missed = [f"{e.ticket_id}@{e.seq}" for e in entries if (e.ticket_id, e.seq) not in world.journal.handled]
    if missed:
        world.journal.violated("7 each entry reaches every consumer", ", ".join(missed))
    wanted: Counter[tuple[str, str, str]] = Counter(
        (e.author.id, "ticket" if e.event == "opened" else "message", e.ticket_id if e.event == "opened" else e.id)
        for e in entries
        if e.kind == "message" and e.author.role != "ai"
    )
    wanted.update(
        (each.user_id, "login", "password")
        for each in world.held.sessions.values()
        if each.id not in world.journal.screens
    )
    kept: Counter[tuple[str, str, str]] = Counter(
        (a.user_id, a.type, a.ref) for a in world.activity_store._held.values()
    )
    # Of who was erased nothing is to be told any more.
    kept, wanted = (Counter({k: n for k, n in c.items() if k[0] not in world.journal.erased}) for c in (kept, wanted))
    if kept != wanted:
        world.journal.violated("9 activity equals a recount", f"missing {wanted - kept}, too many {kept - wanted}")


def check_dead_letters(world: World) -> None:
    """12: what cannot be done is in the dead-letter queue, and nothing else waited for it."""
    intruders = [job for job in world.ai_queue.dead if "turn" not in job]
    if len(intruders) != world.intruders:
        world.journal.violated("12 what is given up is in a DLQ", f"{len(intruders)} of {world.intruders}")


def of_the_erased(world: World, asked: Asked) -> bool:
    """Whether it was about a ticket of somebody who was erased."""
    value = asked.value
    ticket = twin(world)._tickets[value.id if isinstance(value, Ticket) else value.ticket_id]
    return ticket.requester_id in world.journal.erased


def check_repeats(world: World) -> None:
    """3: the first answer, word for word."""
    for asked in world.journal.asked:
        if asked.acknowledged and not of_the_erased(world, asked):
            try:
                again = asked.work()
            except (DomainError, ValueError) as error:
                world.journal.violated("3 a repeat is answered", f"{asked.who} {asked.op} {asked.key} {error}")
                continue
            same = again.ticket_id == asked.value.ticket_id if asked.op == "chat" else again == asked.value
            if not same:
                world.journal.violated("3 a repeat gets the first answer", f"{asked.who} {asked.op} {asked.key}")
