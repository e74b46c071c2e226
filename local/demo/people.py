"""The demonstration's users."""

import json
import secrets
from pathlib import Path
from typing import Any

PEOPLE: list[dict[str, str]] = [
    {"role": "admin", "email": "admin@example.com", "name": "Avery Stone", "language": "en"},
    {"role": "agent", "email": "agent.lin@example.com", "name": "林晓", "language": "zh"},
    {"role": "agent", "email": "agent.kim@example.com", "name": "Kim Doyle", "language": "en"},
    {"role": "customer", "email": "wang@example.com", "name": "王芳", "language": "zh"},
    {"role": "customer", "email": "john@example.com", "name": "John Doe", "language": "en"},
]


def accounts(kept: Path) -> list[dict[str, Any]]:
    """The users with passwords drawn for this installation; kept in a file so that a seed cut short can go on."""
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    passwords = {person["email"]: known.get(person["email"]) or secrets.token_urlsafe(9) for person in PEOPLE}
    kept.touch(mode=0o600)
    kept.write_text(json.dumps(passwords), encoding="utf-8")
    return [{**person, "password": passwords[person["email"]]} for person in PEOPLE]
