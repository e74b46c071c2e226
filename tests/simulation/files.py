"""Files: what a message shows is there, clean, and in no other message; what is refused or erased is nowhere."""

from collections import Counter

from tests.simulation.stored import all_entries, twin
from tests.simulation.world import World


def check_files(world: World) -> None:
    """1: an acknowledged message's files are stored once, and no file is in two messages."""
    records = twin(world).attachments
    shown: Counter[str] = Counter()
    for entry in all_entries(world):
        for attached in entry.attachments:
            shown[attached.id] += 1
            record = records.get((entry.ticket_id, attached.id))
            place = f"{entry.ticket_id}@{entry.seq} {attached.id}"
            if record is None or (record.state, record.seq) != ("clean", entry.seq):
                world.journal.violated("1 a message's file is clean and its own", place)
            elif record.requester_id not in world.journal.erased and world.file_store.size(record.kept) != record.size:
                world.journal.violated("1 a message's file is stored", place)
    for attachment_id, count in shown.items():
        if count > 1:
            world.journal.violated("1 a file is in one message", attachment_id)
    for record in records.values():
        if record.seq is not None and not shown[record.id]:
            world.journal.violated("1 a file that is taken is shown", record.id)
        if record.requester_id in world.journal.erased and world.file_store.size(record.kept) is not None:
            world.journal.violated("14 an erased person's files are gone", record.id)
