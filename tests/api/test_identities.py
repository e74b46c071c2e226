"""Users and log-in as HTTP clients see them."""

import jwt
import pytest

from tests.api.identities_api import Api
from tests.unit.identities.people import PASSWORD


@pytest.fixture
def api() -> Api:
    return Api()


def test_the_seeds_registration_works_as_written(api: Api) -> None:
    answer = api.call("POST", "/api/v1/users", {"email": "user@example.com", "name": "John Doe"})
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    user = answer.json()
    assert user == {
        "id": user["id"],
        "email": "user@example.com",
        "name": "John Doe",
        "role": "customer",
        "language": "en",
        "created_at": "2026-01-05T09:00:00.000Z",
        "updated_at": "2026-01-05T09:00:00.000Z",
        "last_seen_at": None,
        "version": 1,
        "online": False,
    }


def test_accept_language_is_the_language_of_a_user_who_names_none(api: Api) -> None:
    body = {"email": "user@example.com", "name": "王小明"}
    assert api.call("POST", "/api/v1/users", body, Accept_Language="zh-CN,en;q=0.5").json()["language"] == "zh"


def test_a_repeated_registration_answers_the_same(api: Api) -> None:
    body = {"email": "user@example.com", "name": "John Doe", "password": PASSWORD}
    answers = [api.call("POST", "/api/v1/users", body, Idempotency_Key="k1") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    other = api.call("POST", "/api/v1/users", body | {"name": "Jane"}, Idempotency_Key="k1")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    again = api.call("POST", "/api/v1/users", body)
    assert (again.status_code, again.json()["code"]) == (409, "email_taken")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", None),
        ("name", "  "),
        ("password", "§secret§"),
        ("role", "admin"),
        ("language", "fr"),
    ],
)
def test_a_wrong_field_is_pointed_at(api: Api, field: str, value: str | None) -> None:
    answer = api.call("POST", "/api/v1/users", {"email": "a@example.com", "name": "A"} | {field: value})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"
    assert "§" not in answer.text


def test_a_common_password_is_refused_in_the_callers_language(api: Api) -> None:
    body = {"email": "a@example.com", "name": "A", "password": "password123"}
    answer = api.call("POST", "/api/v1/users", body, Accept_Language="zh-CN")
    assert (answer.status_code, answer.json()["code"]) == (422, "weak_password")
    assert "密码" in answer.json()["detail"]


def test_a_password_keeps_its_outer_spaces(api: Api) -> None:
    api.register(password="  spaces around  ")
    for password, status in (("spaces around", 401), ("  spaces around  ", 200)):
        answer = api.call("POST", "/api/v1/auth/login", {"email": "user@example.com", "password": password})
        assert answer.status_code == status


def test_log_in_answers_tokens_and_the_user(api: Api) -> None:
    user = api.register()
    answer = api.call("POST", "/api/v1/auth/login", {"email": "USER@example.com", "password": PASSWORD}).json()
    assert set(answer) == {"access_token", "token_type", "expires_in", "refresh_token", "user"}
    assert (answer["token_type"], answer["expires_in"], answer["user"]["id"]) == ("Bearer", 900, user["id"])
    me = api.call("GET", "/api/v1/auth/me", token=answer["access_token"]).json()
    assert me == answer["user"]


def test_too_many_attempts_say_when_to_come_back(api: Api) -> None:
    api.register()
    body = {"email": "user@example.com", "password": "wrong password"}
    statuses = [api.call("POST", "/api/v1/auth/login", body).status_code for _ in range(5)]
    answer = api.call("POST", "/api/v1/auth/login", body)
    assert (statuses, answer.status_code) == ([401] * 5, 429)
    assert answer.headers["retry-after"] == "900"
    assert answer.json()["code"] == "too_many_attempts"


def test_a_code_request_answers_the_same_for_everyone(api: Api) -> None:
    api.register()
    answers = [api.call("POST", "/api/v1/auth/code", {"email": f"{who}@example.com"}) for who in ("user", "nobody")]
    assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 2
    assert len(api.house.jobs.receive()) == 2


def test_a_code_logs_in(api: Api) -> None:
    api.register()
    api.call("POST", "/api/v1/auth/code", {"email": "user@example.com"})
    api.house.code_sending.send(api.house.jobs.receive()[0].job["email_key"])
    code = next(word for word in api.house.outbox.sent[0].text.split() if word[:6].isdigit())[:6]
    wrong = api.call("POST", "/api/v1/auth/code/verify", {"email": "user@example.com", "code": "x"})
    assert wrong.status_code == 422
    answer = api.call("POST", "/api/v1/auth/code/verify", {"email": "user@example.com", "code": code})
    assert answer.json()["user"]["email"] == "user@example.com"


def test_refresh_rotates_and_reuse_ends_the_session(api: Api) -> None:
    api.register()
    body = {"email": "user@example.com", "password": PASSWORD}
    first = api.call("POST", "/api/v1/auth/login", body).json()["refresh_token"]
    second = api.call("POST", "/api/v1/auth/refresh", {"refresh_token": first}).json()["refresh_token"]
    reused = api.call("POST", "/api/v1/auth/refresh", {"refresh_token": first})
    ended = api.call("POST", "/api/v1/auth/refresh", {"refresh_token": second})
    assert (reused.status_code, reused.json()["code"]) == (401, "refresh_token_reused")
    assert (ended.status_code, ended.json()["code"]) == (401, "invalid_refresh_token")


def test_log_out_ends_the_session_and_may_be_repeated(api: Api) -> None:
    api.register()
    body = {"email": "user@example.com", "password": PASSWORD}
    signed_in = api.call("POST", "/api/v1/auth/login", body).json()
    for _ in range(2):
        answer = api.call("POST", "/api/v1/auth/logout", token=signed_in["access_token"])
        assert (answer.status_code, answer.content) == (204, b"")
    assert api.call("POST", "/api/v1/auth/refresh", {"refresh_token": signed_in["refresh_token"]}).status_code == 401


def test_the_key_set_is_public(api: Api) -> None:
    document = api.call("GET", "/.well-known/jwks.json").json()
    api.register()
    header = jwt.get_unverified_header(api.token())
    assert header == {"alg": "EdDSA", "kid": document["keys"][0]["kid"], "typ": "JWT"}
    assert set(document["keys"][0]) == {"kty", "crv", "use", "alg", "kid", "x"}


@pytest.mark.parametrize(("token", "code"), [(None, "missing_token"), ("nonsense", "invalid_token")])
def test_without_a_good_token_nobody_is_anyone(api: Api, token: str | None, code: str) -> None:
    answer = api.call("GET", "/api/v1/auth/me", token=token)
    assert (answer.status_code, answer.json()["code"]) == (401, code)


def test_the_seeds_update_works_as_written_and_honours_if_match(api: Api) -> None:
    user, token = api.register(), api.token()
    path = f"/api/v1/users/{user['id']}"
    changed = api.call("PUT", path, {"name": "Jane Doe"}, token, If_Match='"1"')
    assert (changed.json()["name"], changed.headers["etag"]) == ("Jane Doe", '"2"')
    stale = api.call("PUT", path, {"name": "Jim"}, token, If_Match='"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert api.call("GET", path, token=token).json()["version"] == 2
    for nothing in ({}, {"name": None}):
        assert api.call("PUT", path, nothing, token).status_code == 422


def test_a_foreign_user_reads_as_a_missing_one(api: Api) -> None:
    api.register()
    other = api.register("other@example.com")["id"]
    token = api.token()
    for suffix in ("", "/activity"):
        foreign, missing = (
            api.call("GET", f"/api/v1/users/{id_}{suffix}", token=token) for id_ in (other, "usr_" + "0" * 26)
        )
        assert (foreign.status_code, missing.status_code) == (404, 404)
        assert {**foreign.json(), "instance": ""} == {**missing.json(), "instance": ""}


def test_only_staff_list_users_and_only_admins_change_roles(api: Api) -> None:
    user, token, admin = api.register(), api.token(), api.admin()
    path = f"/api/v1/users/{user['id']}"
    assert api.call("GET", "/api/v1/users", token=token).status_code == 403
    assert api.call("PUT", path, {"role": "admin"}, token).status_code == 403
    assert api.call("PUT", path, {"role": "agent"}, admin).json()["role"] == "agent"
    assert api.call("GET", "/api/v1/users?role=agent", token=api.token()).json()["items"][0]["id"] == user["id"]


def test_the_last_admin_stays(api: Api) -> None:
    admin = api.admin()
    me = api.call("GET", "/api/v1/auth/me", token=admin).json()["id"]
    answer = api.call("PUT", f"/api/v1/users/{me}", {"role": "agent"}, admin)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")


def test_lists_are_walked_by_cursors_bound_to_their_query(api: Api) -> None:
    admin = api.admin()
    made = {api.register(f"user{n}@example.com")["id"] for n in range(3)}
    first = api.call("GET", "/api/v1/users?role=customer&limit=2", token=admin).json()
    cursor = first["next_cursor"]
    second = api.call("GET", f"/api/v1/users?role=customer&limit=2&cursor={cursor}", token=admin).json()
    assert {user["id"] for user in first["items"] + second["items"]} == made
    assert second["next_cursor"] is None
    other = api.call("GET", f"/api/v1/users?limit=2&cursor={cursor}", token=admin)
    assert (other.status_code, other.json()["code"]) == (400, "invalid_cursor")


def test_presence_shows_who_is_here(api: Api) -> None:
    user, token, admin = api.register(), api.token(), api.admin()
    path = f"/api/v1/users/{user['id']}"
    assert not api.call("GET", path, token=admin).json()["online"]
    api.call("GET", "/api/v1/auth/me", token=token)
    assert api.call("GET", path, token=admin).json()["online"]


def test_log_ins_are_ones_activity(api: Api) -> None:
    user, token = api.register(), api.token()
    items = api.call("GET", f"/api/v1/users/{user['id']}/activity", token=token).json()["items"]
    assert [(item["type"], item["ref"], item["at"]) for item in items] == [
        ("login", "password", "2026-01-05T09:00:00.000Z")
    ]


def test_no_answer_holds_a_hash(api: Api) -> None:
    user = api.register()
    answer = api.call("GET", f"/api/v1/users/{user['id']}", token=api.token())
    assert "hash" not in answer.text
    assert "password" not in answer.text
