"""Fills a fresh installation with a bilingual demonstration; safe to run again."""

import json
import os
from pathlib import Path
from typing import Any

from local.demo.api_client import Api
from local.demo.people import accounts
from local.demo.read_articles import read_articles
from local.demo.tickets import TICKETS
from shared.bootstrap import WIRING
from shared.identities.models import NewUser
from shared.kernel.errors import DomainError


def main() -> None:
    """Keys, articles, users, tickets; then `demo.json`, which tells that all of it is there."""
    folder = Path(os.environ["DATA_DIR"])
    people = accounts(folder / "demo-passwords.json")
    WIRING.resolve("key_rotation").rotate()
    articles = read_articles()
    for article in articles:
        WIRING.resolve("article_store").save(article)
    users = _users(people, Api(os.environ["API_URL"]))
    tickets = [_ticket(number, story, users) for number, story in enumerate(TICKETS)]
    demo = {
        "accounts": [{name: person[name] for name in ("role", "email", "password", "id")} for person in people],
        "articles": [{"id": article.id, "slug": article.slug, "language": article.language} for article in articles],
        "tickets": tickets,
    }
    target = folder / "demo.json"
    target.touch(mode=0o600)
    target.write_text(json.dumps(demo, ensure_ascii=False, indent=2), encoding="utf-8")
    print(f"seeded {len(people)} users, {len(articles)} articles, {len(tickets)} tickets")


def _users(people: list[dict[str, Any]], api: Api) -> dict[str, Api]:
    """Each user's API by e-mail; users are made where they are missing, and get their `id`."""
    admin = people[0]
    WIRING.resolve("admin_creation").ensure(
        NewUser(email=admin["email"], name=admin["name"], language=admin["language"], password=admin["password"])
    )
    callers = {admin["email"]: api.as_user(admin["email"], admin["password"])}
    for person in people[1:]:
        _register(person, api)
        callers[person["email"]] = api.as_user(person["email"], person["password"])
    for person in people:
        person["id"] = callers[person["email"]].call("GET", "/api/v1/auth/me")["id"]
        if person["role"] != "customer":
            callers[admin["email"]].call("PUT", f"/api/v1/users/{person['id']}", role=person["role"])
            callers[person["email"]] = api.as_user(person["email"], person["password"])
    return callers


def _register(person: dict[str, Any], api: Api) -> None:
    fields = {name: person[name] for name in ("email", "name", "language", "password")}
    try:
        api.call("POST", "/api/v1/users", **fields)
    except RuntimeError as error:
        if "email_taken" not in str(error):
            raise


def _ticket(number: int, story: dict[str, Any], users: dict[str, Api]) -> dict[str, str]:
    """One ticket and its steps; each has a key of its own, so a second seed adds nothing."""
    new = {name: story[name] for name in ("subject", "description", "category")}
    ticket = users[story["by"]].call("POST", "/api/v1/tickets", key=f"demo-{number}", **new)
    path = f"/api/v1/tickets/{ticket['id']}"
    status = users[story["by"]].call("GET", path)["status"]
    for place, (who, act, text) in enumerate(story["steps"]):
        key = f"demo-{number}-{place}"
        if act == "claim":
            users[who].call("POST", f"{path}/assignment", assignee_id="me")
        elif act in ("reply", "say"):
            users[who].call("POST", f"{path}/messages", key=key, content=text)
        elif act == "note":
            users[who].call("POST", f"{path}/notes", key=key, content=text)
        elif status not in (act, "closed"):
            users[who].call("POST", f"{path}/transitions", to=act, reason=text)
    return {"id": ticket["id"], "number": ticket["number"], "subject": ticket["subject"]}


if __name__ == "__main__":
    try:
        main()
    except DomainError as error:
        raise SystemExit(f"seed failed: {error.code} {error.facts}") from error
