"""What every store of attachments owes, alone and in the transaction that shows one in an entry."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from shared.adapters.memory.process import START
from shared.attachments.models import Attachment
from shared.attachments.ports import AttachmentStore
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.tickets import acts
from shared.tickets.errors import AttachmentNotReady
from shared.tickets.ports import TicketStore
from shared.tickets.ticket import Ticket
from shared.tickets.timeline import Attached
from tests.builders import AGENT, CUSTOMER, CUSTOMER_ID, a_key, an_opening


def an_attachment(ticket_id: str = "tkt_1", **changes: Any) -> Attachment:
    """A file that was announced."""
    made = Attachment(new_id("att"), ticket_id, CUSTOMER_ID, CUSTOMER_ID, "customer", "截图.png", "image/png", 8, START)
    return replace(made, **changes)


@dataclass(frozen=True, slots=True)
class FileStores:
    """Stores of one deployment."""

    tickets: TicketStore
    attachments: AttachmentStore

    def opened(self) -> Ticket:
        """A stored ticket."""
        written = an_opening()
        self.tickets.commit(written)
        return written.ticket

    def clean(self, ticket: Ticket, **changes: Any) -> Attachment:
        """A file of it that was found clean."""
        made = an_attachment(ticket.id, **changes)
        self.attachments.add(made)
        found = replace(made, state="clean", sha256="ab" * 32)
        assert self.attachments.settle(found)
        return found


def shown(attachment: Attachment) -> Attached:
    """As the entry keeps it."""
    return Attached(attachment.id, attachment.name, attachment.type, attachment.size)


def said(ticket: Ticket, *attachments: Attachment, entry_id: str = "msg_a") -> Any:
    """A message that shows them."""
    return acts.customer_writes(ticket, entry_id, CUSTOMER, "see", START, tuple(map(shown, attachments)))


class AttachmentsContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def stores(self) -> FileStores:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_record_comes_back_whole(self, stores: FileStores) -> None:
        made = an_attachment()
        stores.attachments.add(made)
        stores.attachments.add(replace(made, name="another"))
        assert stores.attachments.get("tkt_1", made.id) == made
        with pytest.raises(NotFound):
            stores.attachments.get("tkt_2", made.id)

    def test_an_inspection_is_settled_once(self, stores: FileStores) -> None:
        made = an_attachment()
        stores.attachments.add(made)
        assert stores.attachments.settle(replace(made, state="refused", reason="malware"))
        assert not stores.attachments.settle(replace(made, state="clean"))
        assert stores.attachments.get("tkt_1", made.id).reason == "malware"
        assert not stores.attachments.settle(an_attachment(state="clean"))

    def test_a_tickets_files_are_listed_oldest_first(self, stores: FileStores) -> None:
        ticket = stores.opened()
        made = [stores.clean(ticket, id=f"att_{n}") for n in (2, 1, 3)]
        stores.attachments.add(an_attachment("tkt_other"))
        page = stores.attachments.of_ticket(ticket.id, 2, None)
        assert [each.id for each in page.items] == ["att_1", "att_2"]
        assert page.next is not None
        rest = stores.attachments.of_ticket(ticket.id, 2, page.next)
        assert rest.items == [made[2]]
        assert rest.next is None

    def test_an_entry_shows_its_files_and_they_know_it(self, stores: FileStores) -> None:
        ticket = stores.opened()
        files = [stores.clean(ticket) for _ in range(3)]
        written = said(ticket, *files[:2])
        stores.tickets.commit(written, a_key())
        assert stores.tickets.entry(ticket.id, 2) == written.entry
        assert [stores.attachments.get(ticket.id, each.id).seq for each in files] == [2, 2, None]

    def test_a_note_keeps_its_files_among_staff(self, stores: FileStores) -> None:
        ticket = stores.opened()
        file = stores.clean(ticket)
        stores.tickets.commit(acts.add_note(ticket, "msg_n", AGENT, "see", START, (shown(file),)))
        assert stores.attachments.get(ticket.id, file.id) == replace(file, seq=2, internal=True)

    def test_a_file_that_is_not_clean_or_not_there_is_shown_in_nothing(self, stores: FileStores) -> None:
        ticket = stores.opened()
        pending = an_attachment(ticket.id)
        stores.attachments.add(pending)
        for file in (pending, an_attachment(ticket.id)):
            with pytest.raises(AttachmentNotReady):
                stores.tickets.commit(said(ticket, file), a_key())
        assert stores.tickets.get(ticket.id) == ticket
        assert stores.tickets.result_of(a_key()) is None

    def test_a_file_is_shown_in_one_entry_only(self, stores: FileStores) -> None:
        ticket = stores.opened()
        file, other = stores.clean(ticket), stores.clean(ticket)
        first = said(ticket, file)
        stores.tickets.commit(first)
        with pytest.raises(AttachmentNotReady):
            stores.tickets.commit(said(first.ticket, other, file, entry_id="msg_b"))
        assert stores.attachments.get(ticket.id, other.id).seq is None
