"""One row per HTTP route. The container app, the Lambdas, IAM, OpenAPI, tests and the README's list derive from it."""

from shared.topology.article_routes import ARTICLE_ROUTES
from shared.topology.grants import (
    DEAD_LETTERS,
    FILES_KEEP,
    FILES_LOAD,
    FILES_SHOW,
    FILES_UPLOAD,
    MODEL_USE,
    OPEN_FIELDS,
    SEAL_FIELDS,
    SOCKET_PUSH,
    SOCKET_TELL,
    read,
    secret,
    send,
    write,
)
from shared.topology.intent_routes import INTENT_ROUTES
from shared.topology.macro_routes import MACRO_ROUTES
from shared.topology.question_routes import QUESTION_ROUTES
from shared.topology.report_routes import REPORT_ROUTES
from shared.topology.route import PUBLIC, USER, Method, Route
from shared.topology.schedules import ERASING
from shared.topology.sla_routes import SLA_ROUTES
from shared.topology.webhook_routes import WEBHOOK_ROUTES

USER_READ = (*read("identities"), *OPEN_FIELDS)
USER_WRITE = (*read("identities"), *write("identities"), *SEAL_FIELDS)
SESSION = (*USER_READ, *write("identities", "insights"), *secret("signing_keys"))
TICKET_READ = (*read("tickets"), *OPEN_FIELDS)
FILE_WRITE = (*read("tickets"), *write("tickets"), *SEAL_FIELDS)
TICKET_WRITE = (*FILE_WRITE, *read("desk"))
ON_BEHALF = read("identities")
AI = (*MODEL_USE, *read("knowledge", "identities"), *FILES_LOAD)

ROUTES: tuple[Route, ...] = (
    Route("auth", "login", "POST", "/api/v1/auth/login", 200, PUBLIC, SESSION, limit="login", memory=1024),
    Route("auth", "request_code", "POST", "/api/v1/auth/code", 202, PUBLIC, send("login_codes"), limit="login"),
    Route("auth", "verify_code", "POST", "/api/v1/auth/code/verify", 200, PUBLIC, SESSION, limit="login"),
    Route(
        "auth",
        "refresh",
        "POST",
        "/api/v1/auth/refresh",
        200,
        PUBLIC,
        (*USER_READ, *write("identities"), *secret("signing_keys")),
        limit="login",
    ),
    Route("auth", "logout", "POST", "/api/v1/auth/logout", 204, USER, (*read("identities"), *write("identities"))),
    Route("auth", "me", "GET", "/api/v1/auth/me", 200, USER, USER_READ),
    Route("auth", "jwks", "GET", "/.well-known/jwks.json", 200, PUBLIC, read("settings"), limit=""),
    Route(
        "users",
        "create_user",
        "POST",
        "/api/v1/users",
        201,
        PUBLIC,
        USER_WRITE,
        limit="register",
        memory=1024,
    ),
    Route("users", "list_users", "GET", "/api/v1/users", 200, "users.list", USER_READ),
    Route("users", "get_user", "GET", "/api/v1/users/{user_id}", 200, USER, USER_READ),
    Route("users", "update_user", "PUT", "/api/v1/users/{user_id}", 200, USER, USER_WRITE),
    Route(
        "users", "get_activity", "GET", "/api/v1/users/{user_id}/activity", 200, USER, read("identities", "insights")
    ),
    Route(
        "privacy",
        "request_erasure",
        "POST",
        "/api/v1/users/{user_id}/erasure",
        202,
        "users.erase",
        ERASING,
        timeout=29,
    ),
    Route("privacy", "get_erasure", "GET", "/api/v1/users/{user_id}/erasure", 200, "users.erase", ERASING),
    Route(
        "exports",
        "export_user",
        "GET",
        "/api/v1/users/{user_id}/export",
        200,
        USER,
        (*USER_READ, *read("tickets", "answers", "insights")),
        timeout=29,
    ),
    Route("tickets", "create_ticket", "POST", "/api/v1/tickets", 201, USER, (*TICKET_WRITE, *ON_BEHALF)),
    Route("tickets", "list_tickets", "GET", "/api/v1/tickets", 200, USER, TICKET_READ),
    Route("tickets", "get_ticket", "GET", "/api/v1/tickets/{ticket_id}", 200, USER, TICKET_READ),
    Route("tickets", "update_ticket", "PATCH", "/api/v1/tickets/{ticket_id}", 200, "tickets.update", TICKET_WRITE),
    Route(
        "tickets",
        "assign_ticket",
        "POST",
        "/api/v1/tickets/{ticket_id}/assignment",
        200,
        "tickets.assign",
        (*TICKET_WRITE, *ON_BEHALF),
    ),
    Route("tickets", "transition_ticket", "POST", "/api/v1/tickets/{ticket_id}/transitions", 200, USER, TICKET_WRITE),
    Route("tickets", "hand_over_ticket", "POST", "/api/v1/tickets/{ticket_id}/handover", 200, USER, TICKET_WRITE),
    Route("tickets", "get_history", "GET", "/api/v1/tickets/{ticket_id}/history", 200, "tickets.history", TICKET_READ),
    Route("messages", "list_messages", "GET", "/api/v1/tickets/{ticket_id}/messages", 200, USER, TICKET_READ),
    Route("messages", "add_message", "POST", "/api/v1/tickets/{ticket_id}/messages", 201, USER, TICKET_WRITE),
    Route(
        "attachments",
        "create_attachment",
        "POST",
        "/api/v1/tickets/{ticket_id}/attachments",
        201,
        USER,
        (*FILE_WRITE, *FILES_UPLOAD),
    ),
    Route(
        "attachments",
        "list_attachments",
        "GET",
        "/api/v1/tickets/{ticket_id}/attachments",
        200,
        USER,
        (*TICKET_READ, *FILES_SHOW),
    ),
    Route(
        "attachments",
        "get_attachment",
        "GET",
        "/api/v1/tickets/{ticket_id}/attachments/{attachment_id}",
        200,
        USER,
        (*TICKET_READ, *FILES_SHOW),
    ),
    Route(
        "attachments",
        "complete_attachment",
        "POST",
        "/api/v1/tickets/{ticket_id}/attachments/{attachment_id}/complete",
        200,
        USER,
        (*FILE_WRITE, *FILES_KEEP, *FILES_SHOW),
        memory=1024,
        timeout=29,
    ),
    Route("messages", "add_note", "POST", "/api/v1/tickets/{ticket_id}/notes", 201, "notes.write", TICKET_WRITE),
    *ARTICLE_ROUTES,
    *INTENT_ROUTES,
    *QUESTION_ROUTES,
    Route(
        "ai",
        "chat",
        "POST",
        "/api/v1/ai/chat",
        200,
        USER,
        (*TICKET_WRITE, *AI, *read("answers", "connections"), *write("answers", "connections"), *SOCKET_PUSH),
        limit="ai",
        memory=1024,
        timeout=29,
        layers=("runtime", "ai"),
    ),
    Route(
        "ai",
        "analyze",
        "POST",
        "/api/v1/ai/analyze",
        200,
        USER,
        (*MODEL_USE, *read("knowledge")),
        limit="ai",
        memory=1024,
        timeout=29,
        layers=("runtime", "ai"),
    ),
    Route(
        "ai",
        "suggest",
        "POST",
        "/api/v1/ai/suggest",
        200,
        "ai.suggest",
        (*TICKET_READ, *AI),
        limit="ai",
        memory=1024,
        timeout=29,
        layers=("runtime", "ai"),
    ),
    Route("answers", "get_spending", "GET", "/api/v1/ai/spending", 200, "system.operate", read("insights")),
    Route(
        "answers", "get_answer", "GET", "/api/v1/ai/answers/{answer_id}", 200, USER, (*read("answers"), *OPEN_FIELDS)
    ),
    Route(
        "answers",
        "replay_answer",
        "POST",
        "/api/v1/ai/answers/{answer_id}/replay",
        200,
        "ai.read_all",
        (*read("answers", "tickets"), *OPEN_FIELDS),
        memory=1024,
        timeout=29,
        layers=("runtime", "ai"),
    ),
    Route(
        "answers",
        "rejudge_answers",
        "GET",
        "/api/v1/articles/{article_id}/rejudgement",
        200,
        "ai.read_all",
        (*read("answers", "tickets", "knowledge"), *OPEN_FIELDS, *FILES_LOAD),
        limit="ai",
        memory=1769,
        timeout=29,
        layers=("runtime", "ai"),
    ),
    Route(
        "answers",
        "rate_answer",
        "POST",
        "/api/v1/ai/answers/{answer_id}/feedback",
        200,
        USER,
        (*read("answers"), *write("answers"), *SEAL_FIELDS),
    ),
    Route(
        "answers",
        "list_answers",
        "GET",
        "/api/v1/tickets/{ticket_id}/answers",
        200,
        "ai.read_all",
        (*read("answers", "tickets"), *OPEN_FIELDS),
    ),
    Route(
        "realtime",
        "create_socket_ticket",
        "POST",
        "/api/v1/realtime/tickets",
        201,
        USER,
        (*write("connections"), *SOCKET_TELL),
    ),
    *REPORT_ROUTES,
    *SLA_ROUTES,
    *MACRO_ROUTES,
    *WEBHOOK_ROUTES,
    Route("system", "list_dead_letters", "GET", "/api/v1/system/dead-letters", 200, "system.operate", DEAD_LETTERS),
    Route(
        "system",
        "redrive_dead_letters",
        "POST",
        "/api/v1/system/dead-letters/{queue}/redrive",
        200,
        "system.operate",
        DEAD_LETTERS,
        timeout=29,
    ),
    Route("system", "live", "GET", "/health/live", 200, PUBLIC, limit="", memory=256),
    Route("system", "ready", "GET", "/health/ready", 200, PUBLIC, read("settings"), limit="", memory=256),
    Route("system", "openapi", "GET", "/api/v1/openapi.json", 200, PUBLIC, limit="", memory=256),
    Route("system", "docs", "GET", "/docs", 200, PUBLIC, limit="", memory=256),
)


def route(name: str) -> Route:
    """The row of that name; KeyError when the table has none."""
    return {row.name: row for row in ROUTES}[name]


def in_match_order(rows: tuple[Route, ...] = ROUTES) -> list[Route]:
    """Literal paths before parameters, as API Gateway matches them."""
    return sorted(rows, key=lambda row: [(part.startswith("{"), part) for part in row.path.split("/")])


__all__ = ["PUBLIC", "ROUTES", "USER", "Method", "Route", "in_match_order", "route"]
