"""Connection tickets over the HTTP API."""

from shared.realtime.address import SocketAddress
from tests.api.world import World

PATH = "/api/v1/realtime/tickets"


def test_who_is_signed_in_gets_a_ticket_for_a_minute() -> None:
    answer = World().call("POST", PATH, who="customer")
    assert answer.status_code == 201
    assert set(answer.json()) == {"ticket", "url", "expires_in"}
    assert (answer.json()["url"], answer.json()["expires_in"]) == ("wss://help.example.com/ws", 60)


def test_each_ticket_is_another() -> None:
    world = World()
    assert world.ok("POST", PATH, who="agent")["ticket"] != world.ok("POST", PATH, who="agent")["ticket"]


def test_nobody_else_gets_one() -> None:
    assert World().call("POST", PATH).status_code == 401


def test_without_a_configured_address_it_is_the_host_that_was_asked() -> None:
    world = World(socket_address=SocketAddress(None))
    assert world.ok("POST", PATH, who="customer")["url"] == "ws://testserver/ws"
    assert SocketAddress(None).url("https://help.example.com/") == "wss://help.example.com/ws"
    assert SocketAddress("/gateway/ws").url("http://127.0.0.1:1/") == "ws://127.0.0.1:1/gateway/ws"
