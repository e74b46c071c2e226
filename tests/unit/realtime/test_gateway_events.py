"""Socket events of API Gateway, through the deployed handlers."""

from typing import Any

import pytest

from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.sockets import arrival_of, socket_handler
from tests.builders import CUSTOMER_ID
from tests.unit.realtime.house import House, Wire


def event(connection_id: str, body: str | None = None, **parts: Any) -> dict[str, Any]:
    """As API Gateway sends it."""
    return {"requestContext": {"connectionId": connection_id}, "body": body, "isBase64Encoded": False, **parts}


def call(house: House, name: str, sent: dict[str, Any]) -> int:
    wired = Wired(REGISTRY, {"socket_door": house.door, "socket_desk": house.desk})
    return int(socket_handler(f"functions.sockets.{name}", wired)(sent, None)["statusCode"])


def test_a_socket_comes_in_speaks_and_leaves() -> None:
    house, wire = House(), Wire()
    house.push.attach("rep:1", wire)
    ticket = {"ticket": house.office.issue(house.caller(CUSTOMER_ID)).secret}
    assert call(house, "connect", event("rep:1", queryStringParameters=ticket)) == 200
    assert call(house, "frame", event("rep:1", '{"type":"ping"}')) == 200
    assert call(house, "disconnect", event("rep:1")) == 200
    assert wire.frames == [{"type": "pong"}]
    assert house.connections.find("rep:1") is None


@pytest.mark.parametrize(("parts", "status"), [({}, 401), ({"headers": {"Origin": "https://evil.example"}}, 403)])
def test_who_may_not_come_in_is_refused(parts: dict[str, Any], status: int) -> None:
    assert call(House(), "connect", event("rep:1", **parts)) == status


def test_a_frame_of_an_ended_connection_closes_it() -> None:
    house, wire = House(), Wire()
    house.push.attach("rep:1", wire)
    assert call(house, "frame", event("rep:1", '{"type":"ping"}')) == 401
    assert wire.closed == 4401


def test_headers_are_read_whatever_their_case_and_binary_frames_have_no_text() -> None:
    arrival = arrival_of(event("x", "AA==", headers={"HOST": "h", "Origin": "o"}) | {"isBase64Encoded": True})
    assert (arrival.host, arrival.origin, arrival.text, arrival.ticket) == ("h", "o", "", "")
