"""Where we send, and where nobody makes us send: more than 120 forms of URLs, and addresses behind harmless names."""

import pytest

from shared.adapters.http.addresses import is_public
from shared.adapters.http.receivers import HttpReceivers
from shared.webhooks.addresses import target_of
from shared.webhooks.errors import UnsafeUrl
from shared.webhooks.models import Outcome
from tests.unit.webhooks.unsafe import FORMS, GOOD, PUBLIC, RESOLVED

NAME = "https://hooks.example.com/"


def test_there_are_enough_of_them() -> None:
    assert len(set(FORMS)) == len(FORMS) >= 120


@pytest.mark.parametrize("url", FORMS)
def test_a_url_of_that_form_is_refused(url: str) -> None:
    with pytest.raises(UnsafeUrl):
        target_of(url)


@pytest.mark.parametrize("url", FORMS)
def test_it_is_refused_when_it_is_sent_to_as_well_and_nothing_is_looked_up(url: str) -> None:
    asked: list[str] = []
    outcome = HttpReceivers(frozenset(), lambda host, port: asked.append(host) or []).post(url, {}, b"")  # type: ignore[func-returns-value]
    assert (outcome.error, asked) == ("unsafe_url", [])


@pytest.mark.parametrize("url", GOOD)
def test_a_public_name_is_taken(url: str) -> None:
    target = target_of(url)
    assert (target.scheme, target.private, target.port in (443, 8443)) == ("https", False, True)
    assert target.host == target.host.lower()
    assert target.path.startswith("/")


@pytest.mark.parametrize("address", RESOLVED)
@pytest.mark.parametrize("beside", [(), ("93.184.216.34",)], ids=["alone", "beside a public one"])
def test_a_name_that_leads_inside_is_not_connected_to(address: str, beside: tuple[str, ...]) -> None:
    assert not is_public(address)
    # A socket would be noticed: tests reach nothing but loopback, and loopback is among these.
    assert sent_to(*beside, address).error == "address_not_public"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)


def test_a_name_is_looked_up_once() -> None:
    """Whoever answers another address the second time is not asked a second time."""
    answers = iter([["127.0.0.1"], ["93.184.216.34"]])
    receivers = HttpReceivers(frozenset(), lambda host, port: next(answers))
    assert receivers.post(NAME, {}, b"").error == "address_not_public"
    assert next(answers) == ["93.184.216.34"]


def test_a_name_there_is_not_is_told() -> None:
    assert sent_to().error == "name_not_found"


def test_operators_name_their_own_hosts_by_host_and_port() -> None:
    mine = frozenset({"crm:8080", "127.0.0.1:9", "::1:9"})
    for url, port in (("http://crm:8080/x", 8080), ("https://127.0.0.1:9/", 9), ("http://[::1]:9/", 9)):
        target = target_of(url, mine)
        assert (target.private, target.port) == (True, port)
    for url in ("http://crm/", "http://crm:8081/", "https://127.0.0.1/", "http://user@crm:8080/", "ftp://crm:8080/"):
        with pytest.raises(UnsafeUrl):
            target_of(url, mine)


def sent_to(*addresses: str) -> Outcome:
    """What comes of a call to a name that resolves to those."""
    return HttpReceivers(frozenset(), lambda host, port: list(addresses)).post(NAME, {}, b"")
