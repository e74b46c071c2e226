"""How users and what proves who they are stand in the `identities` table.

| item                | key                                  | index gsi1                              |
|---------------------|--------------------------------------|-----------------------------------------|
| user                | `U#<id>` `META`                      | `ROLE#<role>` `<created>#<id>`          |
| password            | `U#<id>` `PWD`                       |                                         |
| address             | `E#<SHA-256 of the address>` `E`     |                                         |
| log-in code         | `E#<SHA-256 of the address>` `CODE`  |                                         |
| session             | `S#<id>` `S`                         | `SESSIONS#<user id>` `<created>#<id>`   |
| idempotency record  | `I#<scope>#<key>` `I`                |                                         |
| number of admins    | `ROLES` `ADMINS`                     |                                         |
"""

from datetime import datetime

from shared.adapters.dynamodb.rows import Row
from shared.identities.models import Credentials, LoginCode, Session, User, place_of
from shared.kernel.clock import parse_stamp, stamp

ADMINS = ("ROLES", "ADMINS")
KEEP_ENDED = 86_400
"""Seconds an ended code window or session is kept past its end."""


def user_key(user_id: str) -> tuple[str, str]:
    """Key of the user's own item."""
    return f"U#{user_id}", "META"


def user_row(user: User) -> Row:
    """The user's own item."""
    return {
        "pk": f"U#{user.id}",
        "sk": "META",
        "gsi1pk": None if user.erased_at else f"ROLE#{user.role}",
        "gsi1sk": None if user.erased_at else place_of(user)[1],
        "id": user.id,
        "email": user.email,
        "email_key": user.email_key,
        "name": user.name,
        "role": user.role,
        "language": user.language,
        "created_at": stamp(user.created_at),
        "updated_at": stamp(user.updated_at),
        "version": user.version,
        "last_seen_at": stamp(user.last_seen_at) if user.last_seen_at else None,
        "disabled": user.disabled,
        "erased_at": stamp(user.erased_at) if user.erased_at else None,
    }


def user_of(row: Row) -> User:
    """The user of an item."""
    return User(
        id=row["id"],
        email=row["email"],
        email_key=row["email_key"],
        name=row["name"],
        role=row["role"],
        language=row["language"],
        created_at=parse_stamp(row["created_at"]),
        updated_at=parse_stamp(row["updated_at"]),
        version=row["version"],
        last_seen_at=_instant(row, "last_seen_at"),
        disabled=row["disabled"],
        erased_at=_instant(row, "erased_at"),
    )


def credentials_row(held: Credentials) -> Row:
    """The password's item."""
    return {
        "pk": f"U#{held.user_id}",
        "sk": "PWD",
        "user_id": held.user_id,
        "password_hash": held.password_hash,
        "failures": held.failures,
        "failed_at": stamp(held.failed_at) if held.failed_at else None,
        "version": held.version,
    }


def credentials_of(row: Row) -> Credentials:
    """The credentials of an item."""
    failed_at = _instant(row, "failed_at")
    return Credentials(row["user_id"], row["password_hash"], row["failures"], failed_at, row["version"])


def code_row(code: LoginCode) -> Row:
    """The code's item; it outlives the code, because it counts the codes of its window."""
    return {
        "pk": f"E#{code.email_key}",
        "sk": "CODE",
        "email_key": code.email_key,
        "code_hash": code.code_hash,
        "expires_at": stamp(code.expires_at),
        "window_started_at": stamp(code.window_started_at),
        "sent": code.sent,
        "attempts": code.attempts,
        "ttl": int(code.expires_at.timestamp()) + KEEP_ENDED,
    }


def code_of(row: Row) -> LoginCode:
    """The code of an item."""
    return LoginCode(
        email_key=row["email_key"],
        code_hash=row["code_hash"],
        expires_at=parse_stamp(row["expires_at"]),
        window_started_at=parse_stamp(row["window_started_at"]),
        sent=row["sent"],
        attempts=row["attempts"],
    )


def session_row(session: Session) -> Row:
    """The session's item."""
    return {
        "pk": f"S#{session.id}",
        "sk": "S",
        "gsi1pk": f"SESSIONS#{session.user_id}",
        "gsi1sk": f"{stamp(session.created_at)}#{session.id}",
        "id": session.id,
        "user_id": session.user_id,
        "token_hash": session.token_hash,
        "created_at": stamp(session.created_at),
        "used_at": stamp(session.used_at),
        "rotations": session.rotations,
        "revoked_at": stamp(session.revoked_at) if session.revoked_at else None,
        "ttl": session_ttl(session),
    }


def session_ttl(session: Session) -> int:
    """Epoch seconds after which the item may go."""
    return int(session.expires_at.timestamp()) + KEEP_ENDED


def session_of(row: Row) -> Session:
    """The session of an item."""
    return Session(
        id=row["id"],
        user_id=row["user_id"],
        token_hash=row["token_hash"],
        created_at=parse_stamp(row["created_at"]),
        used_at=parse_stamp(row["used_at"]),
        rotations=row["rotations"],
        revoked_at=_instant(row, "revoked_at"),
    )


def _instant(row: Row, name: str) -> datetime | None:
    return parse_stamp(row[name]) if row.get(name) else None
