"""Links are judged as a browser would follow them."""

import pytest

from shared.assistant.surface import addresses, allowed, emails, has_hidden, has_markup

HOSTS = {"help.example.com"}


@pytest.mark.parametrize(
    "address",
    [
        "https://help.example.com/a?b=c",
        "http://HELP.example.com",
        "www.help.example.com",
        "help.example.com/a",
        "https://eu.help.example.com",
    ],
)
def test_a_known_host_is_allowed(address: str) -> None:
    assert allowed(address, HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "https://help.example.com.evil.net",
        "https://evilhelp.example.com",
        "https://help.example.com@evil.net",
        "https://evil.net\\@help.example.com",
        "https://help.example.com。evil.net",
        "javascript://help.example.com/%0aalert(1)",
        "ftp://help.example.com",
        "//evil.net",
        "/login",
        "https://[::1",
        "",
    ],
)
def test_anything_else_is_not(address: str) -> None:
    assert not allowed(address, HOSTS)


def test_addresses_are_found_in_running_text() -> None:
    text = "见https://a.example.com/x。请看 www.b.example, evil.com/y 和 [这里](https://c.example/z)！"
    assert set(addresses(text)) == {"https://a.example.com/x", "www.b.example", "evil.com/y", "https://c.example/z"}


@pytest.mark.parametrize("text", ["e.g. this", "version 2.3.1", "Wait... what", "一。二", "a@b.example"])
def test_prose_is_no_address(text: str) -> None:
    assert addresses(text) == []


def test_emails_are_compared_in_lower_case() -> None:
    assert emails("Ask Help@Example.COM.") == ["help@example.com"]


def test_emoji_and_comparisons_are_harmless() -> None:
    assert not has_hidden("好的 ❤️ 🙂\n")
    assert not has_markup("3 < 5 and 5 > 3. Send the log file: it holds no data: none.")
