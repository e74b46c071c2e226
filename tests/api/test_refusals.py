"""Bad requests: each a problem of its own, none a failure of ours, and nothing is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.web.validation import CHINESE
from tests.api.world import World

TICKET = {"subject": "退款", "description": "怎么申请退款？"}
KIB = 1024


@dataclass
class Bad:
    status: int
    code: str
    body: Any = None
    method: str = "POST"
    path: str = "/api/v1/tickets"
    who: str | None = "customer"
    headers: dict[str, str] = field(default_factory=dict)


def chunked(size: int) -> Iterator[bytes]:
    yield b'"'
    for _ in range(size // KIB):
        yield b"x" * KIB
    yield b'"'


REFUSED = {
    "malformed": Bad(400, "malformed_json", b'{"subject": '),
    "empty": Bad(422, "invalid_content", b""),
    "not UTF-8": Bad(400, "malformed_json", b'{"subject": "\xff", "description": "x"}'),
    "UTF-16": Bad(400, "malformed_json", '{"subject": "退款", "description": "退"}'.encode("utf-16")),
    "NaN": Bad(422, "invalid_content", b"NaN"),
    "too deep": Bad(400, "malformed_json", b'{"subject": ' + b"[" * 100_000),
    "deep": Bad(422, "invalid_content", b'{"subject": ' + b"[" * 500 + b"]" * 500 + b"}"),
    "endless digits": Bad(400, "malformed_json", b'{"subject": ' + b"9" * 5_000 + b"}"),
    "huge number": Bad(422, "invalid_content", b'{"subject": ' + b"9" * 4_000 + b"}"),
    "infinite number": Bad(422, "invalid_content", b'{"subject": 1e999}'),
    "lone surrogate": Bad(422, "invalid_content", b'{"subject": "\\ud800", "description": "x"}'),
    "lone surrogate as a name": Bad(422, "invalid_content", b'{"\\ud800": 1, "subject": "a", "description": "x"}'),
    "NUL": Bad(422, "invalid_content", TICKET | {"description": "a\0b"}),
    "only white space": Bad(422, "invalid_content", TICKET | {"description": " \n\u3000"}),
    "an array": Bad(422, "invalid_content", [TICKET]),
    "null": Bad(422, "invalid_content", b"null"),
    "wrong type": Bad(422, "invalid_content", TICKET | {"subject": 7}),
    "unknown field": Bad(422, "invalid_content", TICKET | {"nonsense": 1}),
    "missing field": Bad(422, "invalid_content", {"subject": "退款"}),
    "long subject": Bad(422, "invalid_content", TICKET | {"subject": "题" * 201}),
    "long description": Bad(422, "invalid_content", TICKET | {"description": "文" * 20_001}),
    "many tags": Bad(422, "invalid_content", TICKET | {"tags": [f"t{n}" for n in range(21)]}),
    "large": Bad(413, "body_too_large", b'"' + b"x" * 256 * KIB + b'"'),
    "large in chunks": Bad(413, "body_too_large", 257 * KIB),
    "large by its own word": Bad(413, "body_too_large", b"{}", headers={"Content-Length": "0" * 20 + "9" * 5_000}),
    "length that is none": Bad(400, "invalid_header", b"{}", headers={"Content-Length": "-1"}),
    "not JSON": Bad(415, "unsupported_media_type", b"subject=x", headers={"Content-Type": "text/plain"}),
    "no token": Bad(401, "missing_token", TICKET, who=None),
    "no bearer": Bad(401, "missing_token", TICKET, who=None, headers={"Authorization": "Basic dTpw"}),
    "forged token": Bad(401, "invalid_token", TICKET, who=None, headers={"Authorization": "Bearer a.b.c"}),
    "bad key": Bad(400, "invalid_header", TICKET, headers={"Idempotency-Key": "k" * 256}),
    "role": Bad(403, "forbidden", {"assignee_id": "me"}, path="/api/v1/tickets/{ticket}/assignment"),
    "unknown id": Bad(404, "not_found", {"content": "x"}, path="/api/v1/tickets/tkt_" + "0" * 26 + "/messages"),
    "malformed id": Bad(404, "not_found", {"content": "x"}, path="/api/v1/tickets/%00%ff/messages"),
    "endless id": Bad(404, "not_found", {"content": "x"}, path="/api/v1/tickets/" + "x" * 5_000 + "/messages"),
    "foreign id": Bad(404, "not_found", {"content": "x"}, path="/api/v1/tickets/{ticket}/messages", who="other"),
    "stale": Bad(
        412,
        "stale_version",
        {"to": "resolved"},
        path="/api/v1/tickets/{ticket}/transitions",
        headers={"If-Match": '"9"'},
    ),
    "no entity tag": Bad(
        400,
        "invalid_header",
        {"to": "resolved"},
        path="/api/v1/tickets/{ticket}/transitions",
        headers={"If-Match": "9"},
    ),
    "reused key": Bad(409, "idempotency_key_reused", TICKET | {"subject": "别的"}, headers={"Idempotency-Key": "used"}),
    "email taken": Bad(409, "email_taken", {"email": "wang@example.com", "name": "x"}, path="/api/v1/users", who=None),
    "weak password": Bad(
        422,
        "weak_password",
        {"email": "a@example.com", "name": "x", "password": "1234567890"},
        path="/api/v1/users",
        who=None,
    ),
    "repeated parameter": Bad(422, "invalid_content", method="GET", path="/api/v1/tickets?limit=1&limit=2"),
    "limit": Bad(422, "invalid_content", method="GET", path="/api/v1/tickets?limit=101"),
    "cursor": Bad(400, "invalid_cursor", method="GET", path="/api/v1/tickets?cursor=W10"),
    "deep cursor": Bad(400, "invalid_cursor", method="GET", path="/api/v1/tickets?cursor=" + "W1tb" * 120),
    "no route": Bad(404, "no_such_route", method="GET", path="/api/v1/nothing"),
    "trailing slash": Bad(404, "no_such_route", TICKET, path="/api/v1/tickets/"),
    "no method": Bad(405, "method_not_allowed", method="DELETE"),
}


@pytest.fixture(scope="module")
def world() -> World:
    world = World()
    world.ids["ticket"] = world.ok("POST", "/api/v1/tickets", TICKET, "customer", Idempotency_Key="used")["id"]
    return world


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_bad_request_is_told_what_is_wrong_and_changes_nothing(world: World, name: str, language: str) -> None:
    bad = REFUSED[name]
    before = world.state()
    body: Any = b"".join(()) if bad.body is None else bad.body
    if isinstance(body, int):
        answer = send_chunked(world, bad, language, body)
    else:
        headers = bad.headers | {"Accept-Language": language}
        path = bad.path.replace("{ticket}", world.ids["ticket"])
        answer = world.call(bad.method, path, None if bad.method != "POST" else body, bad.who, **headers)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (bad.status, bad.code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == language
    assert told["instance"] == answer.headers["x-request-id"]
    assert told["type"] == f"urn:smart-customer-service:problem:{bad.code}"
    assert ("errors" in told) == (bad.status == 422)
    sentences = [told["title"], told["detail"], *(fault["detail"] for fault in told.get("errors", []))]
    assert all(has_chinese(sentence) == (language == "zh-CN") for sentence in sentences)
    assert world.state() == before


def send_chunked(world: World, bad: Bad, language: str, size: int) -> Any:
    token = world.tokens["customer"]
    headers = {"Content-Type": "application/json", "Accept-Language": language, "Authorization": f"Bearer {token}"}
    return world.client.post(bad.path, content=chunked(size), headers=headers)


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_an_expired_token_is_told_apart_from_a_forged_one() -> None:
    world = World()
    world.clock.advance(minutes=15)
    answer = world.call("GET", "/api/v1/auth/me", who="customer")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")
    assert answer.headers["www-authenticate"] == 'Bearer realm="api"'
    world.tokens["customer"] = world.log_in_again("customer")[:-3] + "AAA"
    assert world.call("GET", "/api/v1/auth/me", who="customer").json()["code"] == "invalid_token"


@pytest.mark.parametrize("field", ["subject", "description", "category", "priority", "tags", "user_id"])
def test_faults_point_at_the_field(world: World, field: str) -> None:
    answer = world.call("POST", "/api/v1/tickets", TICKET | {field: {}}, "customer")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/{field}"]


def test_the_last_allowed_sizes_are_allowed(world: World) -> None:
    assert world.ticket(subject="题" * 200, description="文" * 20_000)["subject"] == "题" * 200
    assert world.call("POST", "/api/v1/tickets", b" " * (256 * KIB - 2) + b"{}", "customer").status_code == 422


def test_duplicate_names_are_read_as_the_last(world: World) -> None:
    answer = world.call("POST", "/api/v1/tickets", b'{"subject":"a","subject":"b","description":"x"}', "customer")
    assert answer.json()["subject"] == "b"


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x", "after_seq": "1"},
        {"content": "x", "after_seq": True},
        {"content": "x", "after_seq": 1.5},
        {"content": "x", "after_seq": 10**30},
        {"content": "x", "after_seq": -1},
        {"content": "x", "type": "ai"},
        {"content": ""},
        {"content": None},
        {"content": ["x"]},
    ],
)
def test_every_fault_of_a_message_has_its_chinese_sentence(world: World, body: dict[str, Any]) -> None:
    path = f"/api/v1/tickets/{world.ids['ticket']}/messages"
    faults = world.call("POST", path, body, "agent", Accept_Language="zh").json()["errors"]
    assert all(fault["code"] in CHINESE and "{" not in fault["detail"] for fault in faults)
