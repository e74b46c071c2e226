"""Connecting, following, and being told."""

import json
from dataclasses import replace

import pytest

from functions.api.messages.schemas import MessageView
from shared.realtime import desk, door
from shared.realtime.backlog import PIECE
from shared.realtime.errors import OriginRefused, SocketRefused
from shared.realtime.local_push import LocalPush
from shared.realtime.models import CONNECTION_LIFE, TICKET_LIFE, StandingChange
from shared.realtime.telling import entry_body
from shared.tickets.timeline import Quote
from tests.builders import AGENT_ID, CUSTOMER_ID, OTHER_CUSTOMER_ID, an_entry
from tests.unit.realtime.house import House


def test_a_ticket_lets_in_once() -> None:
    house = House()
    arrival = house.arrive(CUSTOMER_ID)
    assert house.door.connect(arrival).user_id == CUSTOMER_ID
    with pytest.raises(SocketRefused):
        house.door.connect(arrival)


def test_a_ticket_is_good_for_a_minute() -> None:
    house = House()
    arrival = house.arrive(CUSTOMER_ID)
    house.clock.advance(seconds=TICKET_LIFE.total_seconds())
    with pytest.raises(SocketRefused):
        house.door.connect(arrival)


def test_nobody_comes_in_after_the_log_out() -> None:
    house = House()
    arrival = house.arrive(CUSTOMER_ID)
    session = house.held.sessions[f"ses_{CUSTOMER_ID}"]
    house.held.sessions[session.id] = replace(session, revoked_at=house.clock.now())
    with pytest.raises(SocketRefused):
        house.door.connect(arrival)


def test_the_stored_role_counts_not_the_tokens() -> None:
    house = House()
    house.held.users[AGENT_ID] = replace(house.held.users[AGENT_ID], role="customer")
    assert house.door.connect(house.arrive(AGENT_ID)).role == "customer"


def test_a_disabled_account_stays_outside() -> None:
    house = House()
    house.held.users[AGENT_ID] = replace(house.held.users[AGENT_ID], disabled=True)
    with pytest.raises(SocketRefused):
        house.door.connect(house.arrive(AGENT_ID))


@pytest.mark.parametrize("origin", ["", "https://help.example.com", "https://shop.example"])
def test_programs_and_pages_of_known_origins_may_connect(origin: str) -> None:
    house = House(frozenset({"https://shop.example"}))
    assert house.door.connect(house.arrive(CUSTOMER_ID, origin=origin))


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://help.example.com.evil.example"])
def test_pages_of_other_sites_may_not(origin: str) -> None:
    house = House()
    with pytest.raises(OriginRefused):
        house.door.connect(house.arrive(CUSTOMER_ID, origin=origin))


def test_the_oldest_of_too_many_connections_makes_room() -> None:
    house = House()
    opened = []
    for _ in range(door.MOST_CONNECTIONS + 1):
        opened.append(house.open(CUSTOMER_ID))
        house.clock.advance(seconds=1)
    assert opened[0][1].closed == 4401
    assert opened[1][1].closed is None
    assert len(house.connections.of_user(CUSTOMER_ID)) == door.MOST_CONNECTIONS


def test_a_connection_ends_with_its_life() -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    house.clock.advance(seconds=CONNECTION_LIFE.total_seconds())
    with pytest.raises(SocketRefused):
        house.desk.resume(connection.id)
    assert wire.closed == 4401


def test_what_was_missed_comes_first_and_then_what_is_new() -> None:
    house = House()
    house.write(4)
    connection, wire = house.open(AGENT_ID)
    house.say(connection, "subscribe", since_seq=2)
    house.write(2)
    house.tails.deliver(house.ticket.id)
    house.tails.deliver(house.ticket.id)
    assert wire.seqs() == [3, 4, 5, 6, 7]
    assert wire.of("subscribed") == [{"type": "subscribed", "ticket_id": house.ticket.id, "seq": 5, "more": False}]


def test_a_long_backlog_comes_in_pieces() -> None:
    house = House()
    house.write(PIECE)
    connection, wire = house.open(AGENT_ID)
    house.say(connection, "subscribe")
    assert (wire.of("subscribed")[-1]["seq"], wire.of("subscribed")[-1]["more"]) == (PIECE, True)
    assert house.tails.tickets() == []
    house.say(connection, "subscribe", since_seq=PIECE)
    assert wire.seqs() == list(range(1, PIECE + 2))
    assert house.tails.tickets() == [house.ticket.id]


def test_a_customer_is_shown_that_there_is_an_entry_but_not_the_note() -> None:
    house = House()
    house.write(1)
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, "subscribe")
    house.write(1)
    house.tails.deliver(house.ticket.id)
    assert wire.seqs() == [1, 2, 3]
    assert [frame["entry"] is None for frame in wire.of("entry")] == [False, True, True]


def test_a_foreign_ticket_does_not_exist() -> None:
    house = House()
    connection, wire = house.open(OTHER_CUSTOMER_ID)
    house.say(connection, "subscribe")
    assert [frame["code"] for frame in wire.frames] == ["not_found"]
    assert house.connections.subscribers(house.ticket.id) == []


def test_who_unsubscribes_hears_no_more() -> None:
    house = House()
    connection, wire = house.open(AGENT_ID)
    house.say(connection, "subscribe", since_seq=1)
    house.say(connection, "unsubscribe")
    house.write()
    house.tails.deliver(house.ticket.id)
    assert wire.seqs() == []


def test_staff_is_told_who_looks_and_customers_are_not() -> None:
    house = House()
    agent, agents = house.open(AGENT_ID)
    customer, customers = house.open(CUSTOMER_ID)
    house.say(agent, "subscribe")
    house.say(customer, "subscribe")
    assert {one["user_id"] for one in agents.of("presence")[-1]["viewers"]} == {AGENT_ID, CUSTOMER_ID}
    house.desk.disconnect(customer.id)
    assert [one["user_id"] for one in agents.of("presence")[-1]["viewers"]] == [AGENT_ID]
    assert customers.of("presence") == []


def test_who_has_not_been_heard_of_for_long_does_not_look() -> None:
    house = House()
    customer, _ = house.open(CUSTOMER_ID)
    house.say(customer, "subscribe")
    house.clock.advance(minutes=3)
    agent, agents = house.open(AGENT_ID)
    house.say(agent, "subscribe")
    assert [one["user_id"] for one in agents.of("presence")[-1]["viewers"]] == [AGENT_ID]


def test_a_note_being_written_is_told_to_staff_only() -> None:
    house = House()
    (agent, _), (other, others), (customer, customers) = map(house.open, (AGENT_ID, AGENT_ID, CUSTOMER_ID))
    for connection in (agent, other, customer):
        house.say(connection, "subscribe")
    house.say(agent, "typing", note=True)
    assert customers.of("typing") == []
    assert others.of("typing")[0]["note"]
    house.say(agent, "typing")
    assert (customers.of("typing")[0]["user_id"], customers.of("typing")[0]["role"]) == (None, "agent")


def test_read_markers_move_forward_and_are_told_to_who_comes_later() -> None:
    house = House()
    agent, _ = house.open(AGENT_ID)
    customer, customers = house.open(CUSTOMER_ID)
    house.say(agent, "subscribe")
    house.say(customer, "subscribe")
    house.say(agent, "read", seq=999)
    house.say(agent, "read", seq=0)
    assert [(told["seq"], told["user_id"]) for told in customers.of("read")] == [(1, None)]
    later, laters = house.open(AGENT_ID)
    house.say(later, "subscribe")
    assert [(told["seq"], told["user_id"]) for told in laters.of("read")] == [(1, AGENT_ID)]


@pytest.mark.parametrize("type", ["typing", "read"])
def test_only_who_follows_a_ticket_speaks_on_it(type: str) -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    house.say(connection, type, **({"seq": 1} if type == "read" else {}))
    assert [frame["code"] for frame in wire.frames] == ["not_subscribed"]


def test_a_flood_is_cut_off() -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    for _ in range(desk.FRAMES + 1):
        house.say(connection, "ping")
    assert wire.closed == 4429
    assert len(wire.of("pong")) == desk.FRAMES


@pytest.mark.parametrize("text", ["", "null", "[]", "{", '{"type":"entry"}', '{"type":"read","seq":-1}', "\ud800"])
def test_what_is_no_frame_is_refused(text: str) -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    house.desk.receive(connection, text)
    assert [frame["code"] for frame in wire.frames] == ["bad_frame"]
    assert wire.closed is None


def test_the_stream_pushes_to_who_follows_and_forgets_who_is_gone() -> None:
    house = House()
    (agent, agents), (gone, broken) = house.open(AGENT_ID), house.open(CUSTOMER_ID)
    house.say(agent, "subscribe", since_seq=1)
    house.say(gone, "subscribe", since_seq=1)
    broken.broken = True
    house.write()
    house.pushes.pushed(house.tickets.entry(house.ticket.id, 2))
    assert agents.seqs() == [2]
    assert [one.connection_id for one in house.connections.subscribers(house.ticket.id)] == [agent.id]


def test_a_log_out_closes_the_sessions_connections_and_no_other() -> None:
    house = House()
    (agent, agents), (_, customers) = house.open(AGENT_ID), house.open(CUSTOMER_ID)
    house.revocations.handle(StandingChange(AGENT_ID, session_id="ses_other"))
    assert agents.closed is None
    house.revocations.handle(StandingChange(AGENT_ID, session_id=f"ses_{AGENT_ID}"))
    house.revocations.handle(None)
    assert (agents.closed, customers.closed) == (4401, None)
    assert house.connections.find(agent.id) is None


@pytest.mark.parametrize(("role", "closed"), [("agent", None), ("customer", 4401), (None, 4401)])
def test_another_role_closes_connections(role: str | None, closed: int | None) -> None:
    house = House()
    _, wire = house.open(AGENT_ID)
    house.revocations.handle(StandingChange(AGENT_ID, role=role))  # type: ignore[arg-type]
    assert wire.closed == closed


def test_an_entry_reads_as_the_http_api_shows_it() -> None:
    quote = Quote("art_1", 2, "Title", "quote", 3, 8, "hash")
    for entry in (an_entry(), an_entry(kind="note", content=None, citations=(quote,), answer_id="ans_1")):
        assert entry_body(entry) == json.loads(MessageView.of(entry).model_dump_json())


def test_what_a_lying_relay_says_harms_nobody() -> None:
    house = House()
    connection, wire = house.open(CUSTOMER_ID)
    for word in ({}, {"to": connection.id}, {"to": 3, "text": "x"}, {"close": connection.id, "code": "soon"}):
        house.push.hear(word)
    assert wire.frames == []
    assert wire.closed is None


def test_another_replicas_socket_is_reached_by_relay() -> None:
    house = House()
    _, wire = house.open(CUSTOMER_ID)
    elsewhere = LocalPush("elsewhere", house.relay)
    house.relay.listen(house.push.hear, lambda: True)
    assert elsewhere.send("rep:1", '{"type":"pong"}')
    elsewhere.close("rep:1", 4401)
    assert (wire.frames, wire.closed) == ([{"type": "pong"}], 4401)
