"""Calls over real sockets on loopback: what is sent, what is made of answers, and what a bad receiver cannot do."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from shared.adapters.http.addresses import resolved
from shared.adapters.http.receivers import HttpReceivers
from shared.webhooks.events import body_of
from shared.webhooks.models import Outcome
from shared.webhooks.signing import secret_of, signed_headers
from tests.contract.test_signed_transport_tls import certificate

__all__ = ["certificate"]
OK = b"HTTP/1.1 204 No Content\r\n\r\n"
Talk = Callable[[socket.socket], None]


def reading(sock: socket.socket) -> bytes:
    """A whole request."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += sock.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        body += sock.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def receiver(talk: Talk, wrap: Callable[[socket.socket], socket.socket] = lambda sock: sock) -> Iterator[int]:
    """A server that talks to one client as told; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            try:
                accepted, _ = server.accept()
                with accepted, wrap(accepted) as sock:
                    talk(sock)
            except OSError:
                return

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.close()
        thread.join(10)
        assert not thread.is_alive()


def says(answer: bytes, got: list[bytes] | None = None) -> Talk:
    """Reads the request, and answers so."""

    def talk(sock: socket.socket) -> None:
        request = reading(sock)
        (got if got is not None else []).append(request)
        sock.sendall(answer)

    return talk


def post(port: int, path: str = "/hook?x=1", **more: Any) -> Outcome:
    return HttpReceivers(frozenset({f"127.0.0.1:{port}"}), **more).post(
        f"http://127.0.0.1:{port}{path}", {"content-type": "application/json"}, b"{}"
    )


def test_the_reference_library_takes_what_arrives() -> None:
    secret, now, got = secret_of(b"k" * 32), datetime.now(UTC), []
    body = body_of("message.created", now, {"content": "怎么申请退款？" * 5000})
    headers = {"content-type": "application/json"} | signed_headers("msg_1", now, body, [secret])
    with receiver(says(OK, got)) as port:
        outcome = HttpReceivers(frozenset({f"127.0.0.1:{port}"})).post(f"http://127.0.0.1:{port}/a?b=c", headers, body)
    assert outcome.good
    head, _, arrived = got[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0] == "POST /a?b=c HTTP/1.1"
    sent = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    assert sent["host"] == f"127.0.0.1:{port}"
    told = Webhook(secret).verify(arrived, sent)
    assert told["data"]["content"] == "怎么申请退款？" * 5000


@pytest.mark.parametrize("status", [200, 202, 299, 301, 307, 400, 410, 429, 500, 503])
def test_a_status_is_told_and_nothing_is_followed(status: int) -> None:
    answer = f"HTTP/1.1 {status} X\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 3\r\n\r\nabc".encode()
    with receiver(says(answer)) as port:
        outcome = post(port)
    assert (outcome.status, outcome.error, outcome.good) == (status, None, status < 300)


@pytest.mark.parametrize(("header", "seconds"), [("120", 120), ("soon", None), ("-1", None), ("9" * 30, None)])
def test_what_the_receiver_asks_for_is_told(header: str, seconds: int | None) -> None:
    with receiver(says(f"HTTP/1.1 503 X\r\nretry-after: {header}\r\n\r\n".encode())) as port:
        assert post(port).retry_after == seconds


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "connection_failed"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "bad_response"),
        (b"HTTP/1.1 abc\r\n\r\n", "bad_response"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 70_000, "bad_response"),
        (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 20_000, "bad_response"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 5000, "bad_response"),
    ],
    ids=["nothing", "no HTTP", "no status", "long line", "many lines", "never an end"],
)
def test_an_answer_that_is_none_is_a_code(answer: bytes, code: str) -> None:
    with receiver(says(answer)) as port:
        outcome = post(port)
    assert (outcome.status, outcome.error) == (None, code)


def test_a_body_without_end_is_not_read() -> None:
    def floods(sock: socket.socket) -> None:
        reading(sock)
        sock.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            sock.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")

    with receiver(floods) as port:
        assert post(port).good


def test_a_receiver_that_drips_is_given_up_as_a_whole() -> None:
    enough = threading.Event()

    def drips(sock: socket.socket) -> None:
        reading(sock)
        for letter in b"HTTP/1.1 200 OK\r\n\r\n" * 10:
            sock.sendall(bytes([letter]))
            enough.wait(0.05)

    started = time.monotonic()
    with receiver(drips) as port:
        outcome = post(port, seconds=0.3)
        enough.set()
    assert outcome.error == "timeout"
    assert time.monotonic() - started < 3


def test_a_receiver_that_never_answers_is_given_up() -> None:
    given_up = threading.Event()
    with receiver(lambda sock: bool(given_up.wait(10)) and None) as port:
        outcome = post(port, seconds=0.2)
        given_up.set()
    assert outcome.error == "timeout"
    assert 190 <= outcome.duration_ms < 5000


def test_nobody_there_is_a_code() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert post(port).error == "connection_refused"


def test_the_next_address_is_tried_where_one_does_not_take_us() -> None:
    with receiver(says(OK)) as port:
        hosts = frozenset({f"crm:{port}"})
        receivers = HttpReceivers(hosts, lambda host, port: ["127.0.0.9", "127.0.0.1"])
        assert receivers.post(f"http://crm:{port}/", {}, b"").good


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with receiver(says(OK)) as port:
        assert post(port).good


def test_names_are_looked_up_by_the_system() -> None:
    assert set(resolved("localhost", 443)) <= {"127.0.0.1", "::1"}


def over_tls(certificate: Path, host: str, cafile: Path | None) -> tuple[Outcome, list[str | None]]:
    """A call to a host that has a certificate for 127.0.0.1; the names it was asked for."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    names: list[str | None] = []
    context.sni_callback = lambda sock, name, _: names.append(name)
    with receiver(says(OK), lambda sock: context.wrap_socket(sock, server_side=True)) as port:
        receivers = HttpReceivers(
            frozenset({f"{host}:{port}"}), lambda *_: ["127.0.0.1"], cafile=str(cafile) if cafile else None
        )
        return receivers.post(f"https://{host}:{port}/", {}, b"{}"), names


def test_a_host_that_proves_its_name_is_spoken_to(certificate: Path) -> None:
    outcome, _ = over_tls(certificate, "127.0.0.1", certificate)
    assert (outcome.status, outcome.error) == (204, None)


@pytest.mark.parametrize("host", ["hooks.example.com", "127.0.0.1"], ids=["another name", "an unknown authority"])
def test_a_host_that_does_not_is_not(certificate: Path, host: str) -> None:
    outcome, names = over_tls(certificate, host, certificate if host != "127.0.0.1" else None)
    assert outcome.error == "tls_failed"
    # The name that was asked for, though the connection went to an address.
    assert names == (["hooks.example.com"] if host != "127.0.0.1" else [None])
