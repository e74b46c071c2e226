"""Roles and what each permits, as data."""

from typing import Literal

Role = Literal["customer", "agent", "admin"]

AGENT = frozenset(
    {
        "users.list",
        "users.read",
        "tickets.read_all",
        "tickets.create_for_others",
        "tickets.update",
        "tickets.assign",
        "tickets.transition",
        "tickets.history",
        "messages.reply",
        "messages.write_for_others",
        "notes.write",
        "notes.read",
        "ai.suggest",
        "ai.read_all",
        "ai.chat_for_others",
        "articles.read",
        "articles.write",
        "macros.use",
    }
)

PERMISSIONS: dict[str, frozenset[str]] = {
    "customer": frozenset(),
    "agent": AGENT,
    "admin": AGENT
    | {
        "users.update",
        "users.change_role",
        "users.erase",
        "users.export",
        "articles.publish",
        "webhooks.manage",
        "intents.manage",
        "insights.read",
        "sla.manage",
        "macros.manage",
        "system.operate",
    },
}


def permits(role: str, permission: str) -> bool:
    """Whether the role holds the permission; an unknown role holds none."""
    return permission in PERMISSIONS.get(role, frozenset())
