"""Rule 7: tests cannot reach the world."""

import os
import socket

import pytest

from shared.adapters.memory.process import FixedClock, SeededIds
from shared.adapters.openai.breaker import CircuitBreaker
from shared.adapters.openai.model import OpenAIModel
from shared.adapters.openai.settings import OpenAISettings
from shared.assistant.errors import ModelUnavailable
from shared.assistant.models import Prompt
from shared.bootstrap import REGISTRY, Wired
from tests.closed_world import DUMMIES, UNSET, ClosedWorld, WorldReached, is_loopback, proxy_of

FOREIGN = "192.0.2.1"
"""An address for documentation (RFC 5737): nobody is there."""


def test_a_connection_outside_is_refused_and_told(world: ClosedWorld) -> None:
    with socket.socket() as one, pytest.raises(WorldReached):
        one.connect((FOREIGN, 443))
    assert world.take() == [f"socket.connect {FOREIGN}"]


def test_a_datagram_outside_is_refused(world: ClosedWorld) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one, pytest.raises(WorldReached):
        one.sendto(b"?", (FOREIGN, 53))
    assert world.take()


def test_no_foreign_name_is_looked_up(world: ClosedWorld) -> None:
    with pytest.raises(WorldReached):
        socket.getaddrinfo("example.com", 443)
    assert world.take() == ["socket.getaddrinfo example.com"]


def test_loopback_is_open(world: ClosedWorld) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5):
        assert world.take() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", None])
def test_loopback_has_many_names(host: str | None) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "169.254.169.254", "example.com", "localhost.example.com", "fe80::1%lo"])
def test_other_names_are_the_world(host: str) -> None:
    assert not is_loopback(host)


def test_a_proxy_on_this_machine_leads_outside() -> None:
    assert proxy_of("HTTPS_PROXY", "http://127.0.0.1:3128") == ("127.0.0.1", 3128)
    assert proxy_of("HOST", "http://127.0.0.1:3128") is None


def test_credentials_are_dummies() -> None:
    assert {name: os.environ.get(name) for name in DUMMIES} == DUMMIES
    assert not [name for name in UNSET if name in os.environ]


def test_without_a_key_there_is_no_model() -> None:
    assert Wired(REGISTRY).resolve("language_model") is None


def test_a_real_model_call_is_stopped_and_told(world: ClosedWorld) -> None:
    settings = OpenAISettings("sk-not-a-key", "some-model")
    model = OpenAIModel(settings, SeededIds(), FixedClock().sleep, CircuitBreaker(lambda: 0.0))
    with pytest.raises(ModelUnavailable):
        model.complete(Prompt("Say hello.", ()), 60)
    assert "socket.getaddrinfo api.openai.com" in world.take()
