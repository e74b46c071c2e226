"""What the stores of connections owe; their tests inherit these and override the fixtures."""

from datetime import timedelta

import pytest

from shared.adapters.memory.process import START, FixedClock
from shared.kernel.ids import make_id
from shared.realtime.errors import TooManySubscriptions
from shared.realtime.models import CONNECTION_LIFE, TICKET_LIFE, Connection, ReadMark, SocketGrant
from shared.realtime.ports import Connections, ReadMarks, SocketTickets

TICKET, OTHER_TICKET = (make_id("tkt", 1, bytes([n]) * 10) for n in (1, 2))
GRANT = SocketGrant("usr_1", "ses_1", START + TICKET_LIFE)


def a_connection(id: str = "rep_1:con_1", user_id: str = "usr_1", **changes: object) -> Connection:
    return Connection(id, user_id, "agent", "ses_1", START, **changes)  # type: ignore[arg-type]


class SocketTicketsContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def store(self) -> SocketTickets:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_ticket_is_redeemed_once(self, store: SocketTickets) -> None:
        store.keep("hash", GRANT)
        assert store.redeem("hash", START) == GRANT
        assert store.redeem("hash", START) is None

    def test_an_unknown_ticket_is_worth_nothing(self, store: SocketTickets) -> None:
        assert store.redeem("unknown", START) is None

    def test_an_expired_ticket_is_worth_nothing(self, store: SocketTickets) -> None:
        store.keep("hash", GRANT)
        assert store.redeem("hash", START + TICKET_LIFE) is None


class ConnectionsContract:
    """Cases each adapter must pass."""

    clock = FixedClock()

    @pytest.fixture
    def store(self) -> Connections:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_connection_is_found_until_it_is_removed(self, store: Connections) -> None:
        store.add(a_connection())
        assert store.find("rep_1:con_1") == a_connection()
        assert store.remove("rep_1:con_1") == []
        assert store.find("rep_1:con_1") is None
        assert store.remove("rep_1:con_1") == []

    def test_a_users_and_a_replicas_connections_are_listed(self, store: Connections) -> None:
        for one in (a_connection(), a_connection("rep_2:con_2"), a_connection("gateway", "usr_2")):
            store.add(one)
        assert [one.id for one in store.of_user("usr_1")] == ["rep_1:con_1", "rep_2:con_2"]
        assert store.of_host("rep_2") == {"rep_2:con_2"}
        store.remove("rep_2:con_2")
        assert store.of_host("rep_2") == set()
        assert [one.id for one in store.of_user("usr_2")] == ["gateway"]

    def test_a_connection_past_its_life_is_not_listed(self, store: Connections) -> None:
        store.add(Connection("rep_1:con_1", "usr_1", "agent", "ses_1", START - CONNECTION_LIFE))
        assert store.of_user("usr_1") == []
        assert store.of_host("rep_1") == set()

    def test_subscribing_again_is_not_new_but_seen_later(self, store: Connections) -> None:
        later = START + timedelta(minutes=1)
        assert store.subscribe(a_connection(), TICKET, START, 5)
        assert not store.subscribe(a_connection(), TICKET, later, 5)
        (one,) = store.subscribers(TICKET)
        assert (one.connection_id, one.user_id, one.role, one.seen_at) == ("rep_1:con_1", "usr_1", "agent", later)

    def test_a_ticket_knows_its_own_subscribers_only(self, store: Connections) -> None:
        store.subscribe(a_connection(), TICKET, START, 5)
        store.subscribe(a_connection("rep_2:con_2"), OTHER_TICKET, START, 5)
        assert [one.connection_id for one in store.subscribers(OTHER_TICKET)] == ["rep_2:con_2"]

    def test_a_connection_follows_so_many_and_no_more(self, store: Connections) -> None:
        store.subscribe(a_connection(), TICKET, START, 1)
        with pytest.raises(TooManySubscriptions):
            store.subscribe(a_connection(), OTHER_TICKET, START, 1)
        store.subscribe(a_connection(), TICKET, START, 1)

    def test_unsubscribing_tells_whether_it_followed(self, store: Connections) -> None:
        store.subscribe(a_connection(), TICKET, START, 5)
        assert store.unsubscribe("rep_1:con_1", TICKET)
        assert not store.unsubscribe("rep_1:con_1", TICKET)
        assert store.subscribers(TICKET) == []

    def test_removing_a_connection_ends_its_subscriptions(self, store: Connections) -> None:
        store.add(a_connection())
        store.subscribe(a_connection(), TICKET, START, 5)
        store.subscribe(a_connection(), OTHER_TICKET, START, 5)
        assert sorted(store.remove("rep_1:con_1")) == [TICKET, OTHER_TICKET]
        assert store.subscribers(TICKET) == []


class ReadMarksContract:
    """Cases each adapter must pass."""

    @pytest.fixture
    def store(self) -> ReadMarks:
        raise NotImplementedError("the adapter's test overrides this fixture")

    def test_a_mark_only_moves_forward(self, store: ReadMarks) -> None:
        assert store.advance(ReadMark(TICKET, "usr_1", "agent", 2, START))
        assert not store.advance(ReadMark(TICKET, "usr_1", "agent", 2, START))
        assert not store.advance(ReadMark(TICKET, "usr_1", "agent", 1, START))
        assert store.advance(ReadMark(TICKET, "usr_1", "agent", 3, START))
        assert store.of_ticket(TICKET) == [ReadMark(TICKET, "usr_1", "agent", 3, START)]

    def test_everybody_has_a_mark_of_their_own(self, store: ReadMarks) -> None:
        store.advance(ReadMark(TICKET, "usr_1", "agent", 2, START))
        store.advance(ReadMark(TICKET, "usr_2", "customer", 5, START))
        store.advance(ReadMark(OTHER_TICKET, "usr_1", "agent", 1, START))
        assert [(mark.user_id, mark.seq) for mark in store.of_ticket(TICKET)] == [("usr_1", 2), ("usr_2", 5)]
