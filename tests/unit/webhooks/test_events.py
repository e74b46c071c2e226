"""What is told of an entry."""

import json
from dataclasses import replace

import pytest

from shared.adapters.memory.process import START
from shared.kernel.texts import ERASED
from shared.tickets import acts
from shared.tickets.timeline import Entry
from shared.webhooks.events import BY_DEFAULT, body_of, message_id, told, type_of
from tests.builders import AGENT, CUSTOMER, a_ticket, an_entry

TICKET = a_ticket()
ENTRIES = {
    "ticket.opened": an_entry(),
    "message.created": acts.customer_writes(TICKET, "msg_2", CUSTOMER, "secret", START).entry,
    "note.created": acts.add_note(TICKET, "msg_3", AGENT, "secret", START).entry,
    "ticket.changed": acts.update(TICKET, "msg_4", AGENT, START, {"subject": "secret", "priority": "high"}).entry,
}


@pytest.mark.parametrize(("type", "entry"), ENTRIES.items(), ids=ENTRIES)
def test_an_entry_is_told_as_one_event(type: str, entry: Entry) -> None:
    assert type_of(entry) == type


def test_notes_are_told_only_to_who_asks() -> None:
    assert set(ENTRIES) - set(BY_DEFAULT) == {"note.created"}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_no_word_is_told_unless_asked_for(entry: Entry) -> None:
    thin = json.dumps(told(entry, words=False))
    assert entry.ticket_id in thin
    assert "secret" not in thin
    assert str(entry.content) not in thin


def test_changes_are_told_with_both_values() -> None:
    changes = told(ENTRIES["ticket.changed"], words=False)["changes"]
    assert changes == {"priority": {"from": "normal", "to": "high"}}
    assert told(ENTRIES["ticket.changed"], words=True)["changes"]["subject"]["to"] == "secret"


def test_words_are_told_who_asks_and_erased_ones_are_not_there() -> None:
    assert told(ENTRIES["message.created"], words=True)["content"] == "secret"
    assert told(replace(ENTRIES["message.created"], content=ERASED), words=True)["content"] is None


def test_a_body_has_the_form_of_the_specification() -> None:
    body = json.loads(body_of("ticket.opened", START, {"id": "msg_1"}))
    assert set(body) == {"type", "timestamp", "data"}
    assert body["timestamp"].endswith("Z")


def test_an_id_is_the_same_for_the_same_endpoint_and_entry_and_for_no_other() -> None:
    entry, other = ENTRIES["ticket.opened"], ENTRIES["message.created"]
    assert message_id("whk_1", entry) == message_id("whk_1", replace(entry, content="x"))
    assert len({message_id(whk, each) for whk in ("whk_1", "whk_2") for each in (entry, other)}) == 4
