"""From the announcement of a file to its place in a message."""

import hashlib
from dataclasses import replace
from typing import Any

import pytest

from shared.adapters.memory.attachments import MemoryAttachments, MemoryFiles
from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.memory.tickets import MemoryTickets
from shared.attachments.errors import FileTooLarge, NotUploaded, TooManyWaiting, TypeNotAllowed
from shared.attachments.models import MOST_WAITING, Attachment
from shared.attachments.scanning import BasicScanner
from shared.attachments.service import Announcing, Inspecting, NewFile, Showing
from shared.consuming.handlers import queue_handler
from shared.kernel.errors import NotFound
from shared.messages.service import Messages, NewMessage
from shared.tickets import acts
from shared.tickets.committing import Committer
from shared.tickets.errors import AttachmentNotReady, TicketClosed
from tests.builders import OTHER_CUSTOMER_ID, a_caller, a_key, an_opening
from tests.unit.attachments.samples import GOOD, HARMFUL
from tests.unit.consuming.test_handlers import Wiring, event

CUSTOMER, STAFF, STRANGER = a_caller(), a_caller("agent"), a_caller(id=OTHER_CUSTOMER_ID)
PNG = GOOD["image/png"]


class Shop:
    """A ticket and everything around its files."""

    def __init__(self) -> None:
        self.clock, self.ids = FixedClock(), SeededIds(1)
        self.tickets = MemoryTickets()
        self.records, self.files = MemoryAttachments(self.tickets), MemoryFiles(self.clock)
        self.announcing = Announcing(self.tickets, self.records, self.files, self.clock, self.ids, 1_000_000)
        self.inspecting = Inspecting(self.records, self.files, BasicScanner())
        self.showing = Showing(self.tickets, self.records, self.files)
        self.messages = Messages(Committer(self.tickets, self.clock, self.ids), self.records)
        opened = an_opening()
        self.tickets.commit(opened)
        self.ticket_id = opened.ticket.id

    def announced(self, content: bytes = PNG, type: str = "image/png", who: Any = CUSTOMER) -> Attachment:
        """A file that was announced."""
        return self.announcing.announce(self.ticket_id, NewFile("a.png", type, len(content)), who)[0]

    def uploaded(self, content: bytes = PNG, type: str = "image/png", who: Any = CUSTOMER) -> Attachment:
        """And sent."""
        made = self.announced(content, type, who)
        self.files.put(made.incoming, content)
        return made

    def clean(self, who: Any = CUSTOMER) -> Attachment:
        """And found clean."""
        return self.inspecting.inspect(self.ticket_id, self.uploaded(who=who).id)

    def say(self, *files: Attachment, who: Any = CUSTOMER, once: Any = None) -> Any:
        """In a message."""
        new = NewMessage("see", attachments=tuple(file.id for file in files))
        return self.messages.add(self.ticket_id, new, who, once)


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_clean_file_is_kept_and_shown(shop: Shop) -> None:
    found = shop.clean()
    assert (found.state, found.reason, len(str(found.sha256))) == ("clean", None, 64)
    assert shop.files.size(found.kept) == len(PNG)
    assert shop.files.size(found.incoming) is None
    entry = shop.say(found)
    assert [attached.id for attached in entry.attachments] == [found.id]
    assert shop.showing.address(shop.showing.get(shop.ticket_id, found.id, CUSTOMER)) is not None


@pytest.mark.parametrize(
    ("content", "type", "reason"),
    [
        (HARMFUL["eicar"][0], "text/plain", "malware"),
        (b"<html>", "text/plain", "wrong_type"),
        (PNG, "image/gif", "wrong_type"),
    ],
)
def test_a_refused_file_is_kept_nowhere_and_shown_to_nobody(shop: Shop, content: bytes, type: str, reason: str) -> None:
    made = shop.uploaded(content, type)
    found = shop.inspecting.inspect(shop.ticket_id, made.id)
    assert (found.state, found.reason) == ("refused", reason)
    assert shop.files._held == {}
    assert shop.showing.address(found) is None
    with pytest.raises(AttachmentNotReady):
        shop.say(found)


def test_a_file_of_another_size_is_refused(shop: Shop) -> None:
    made = shop.announced()
    shop.files.put(made.incoming, PNG + b"x")
    assert shop.inspecting.inspect(shop.ticket_id, made.id).reason == "wrong_size"


def test_an_inspection_may_be_asked_for_again_and_again(shop: Shop) -> None:
    made = shop.announced()
    with pytest.raises(NotUploaded):
        shop.inspecting.inspect(shop.ticket_id, made.id)
    shop.files.put(made.incoming, PNG)
    first = shop.inspecting.inspect(shop.ticket_id, made.id)
    assert shop.inspecting.inspect(shop.ticket_id, made.id) == first
    with pytest.raises(NotFound):
        shop.inspecting.inspect(shop.ticket_id, "att_x")


class Racing(MemoryFiles):
    """While one inspection reads, another one is done."""

    meanwhile: Any = None

    def size(self, key: str) -> int | None:
        """After the other."""
        other, self.meanwhile = self.meanwhile, None
        if other:
            other()
        return super().size(key)


def test_of_two_inspections_at_once_both_tell_the_same(shop: Shop) -> None:
    files = Racing(shop.clock)
    shop.files = shop.announcing._files = files
    shop.inspecting = Inspecting(shop.records, files, BasicScanner())
    made = shop.uploaded()
    other = Inspecting(shop.records, files, BasicScanner())
    files.meanwhile = lambda: other.inspect(shop.ticket_id, made.id)
    found = shop.inspecting.inspect(shop.ticket_id, made.id)
    assert found == shop.records.get(shop.ticket_id, made.id)
    assert files.size(found.kept) == len(PNG)


class Swapping(MemoryFiles):
    """After an inspection has read it, the client uploads something else of the same size."""

    def read(self, key: str, most: int) -> bytes:
        """And then it is another."""
        content = super().read(key, most)
        super().put(key, content[::-1])
        return content


def test_what_is_uploaded_while_it_is_looked_at_is_never_kept(shop: Shop) -> None:
    shop.files = shop.announcing._files = Swapping(shop.clock)
    shop.inspecting = Inspecting(shop.records, shop.files, BasicScanner())
    found = shop.clean()
    assert [content for content, _ in shop.files._held.values()] == [PNG]
    assert found.kept.endswith(hashlib.sha256(PNG).hexdigest())


def test_the_stores_event_inspects_too(shop: Shop) -> None:
    made = shop.uploaded()
    handle = queue_handler("functions.workers.inspect_upload", Wiring(inspecting=shop.inspecting))
    told = {"Records": [{"s3": {"object": {"key": made.incoming}}}]}
    for job in (told, told, {"Service": "Amazon S3", "Event": "s3:TestEvent"}):
        assert handle(event(job), None) == {"batchItemFailures": []}
    assert shop.records.get(shop.ticket_id, made.id).state == "clean"
    strange = {"Records": [{"s3": {"object": {"key": "incoming/x/y"}}}]}
    gone = {"Records": [{"s3": {"object": {"key": f"incoming/{shop.ticket_id}/{shop.ids.new('att')}"}}}]}
    assert handle(event(strange, gone), None) == {"batchItemFailures": []}
    assert handle(event({"nonsense": 1}), None) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}


def test_what_is_not_accepted_is_said_at_once(shop: Shop) -> None:
    for new, error in (
        (NewFile("a.svg", "image/svg+xml", 5), TypeNotAllowed),
        (NewFile("a.html", "text/html", 5), TypeNotAllowed),
        (NewFile("a.png", "image/png", 1_000_001), FileTooLarge),
    ):
        with pytest.raises(error):
            shop.announcing.announce(shop.ticket_id, new, CUSTOMER)
    for _ in range(MOST_WAITING):
        shop.announced()
    with pytest.raises(TooManyWaiting):
        shop.announced()


def test_strangers_find_no_ticket_and_a_closed_one_takes_no_files(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.announced(who=STRANGER)
    found = shop.clean()
    with pytest.raises(NotFound):
        shop.showing.get(shop.ticket_id, found.id, STRANGER)
    closed = acts.close_erased(shop.tickets.get(shop.ticket_id), "evt_c", shop.clock.now())
    shop.tickets.commit(closed)
    with pytest.raises(TicketClosed):
        shop.announced()


def test_customers_see_what_staff_sent_once_it_is_in_a_message_and_never_what_is_in_a_note(shop: Shop) -> None:
    public, internal = shop.clean(STAFF), shop.clean(STAFF)
    for file in (public, internal):
        with pytest.raises(NotFound):
            shop.showing.get(shop.ticket_id, file.id, CUSTOMER)
    shop.say(public, who=STAFF)
    shop.messages.add_note(shop.ticket_id, "see", STAFF, None, (internal.id,))
    assert shop.showing.get(shop.ticket_id, public.id, CUSTOMER).seq == 2
    with pytest.raises(NotFound):
        shop.showing.get(shop.ticket_id, internal.id, CUSTOMER)
    assert [each.id for each in shop.showing.page(shop.ticket_id, CUSTOMER, 9, None).items] == [public.id]
    assert len(shop.showing.page(shop.ticket_id, STAFF, 9, None).items) == 2


def test_a_message_shows_only_ones_own_files_and_each_once(shop: Shop) -> None:
    own, others = shop.clean(), shop.clean(STAFF)
    with pytest.raises(AttachmentNotReady):
        shop.say(others)
    assert len(shop.say(own, own).attachments) == 1
    with pytest.raises(AttachmentNotReady):
        shop.say(own)
    with pytest.raises(AttachmentNotReady):
        shop.say(replace(own, id="att_x"))


def test_a_repeated_request_gets_its_first_answer(shop: Shop) -> None:
    file = shop.clean()
    first = shop.say(file, once=a_key())
    assert shop.say(file, once=a_key()) == first
    assert shop.tickets.get(shop.ticket_id).seq == 2
