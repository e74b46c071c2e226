"""What the description says of answers that no route's signature names: problems, headers, pages."""

from typing import Any

from shared.web.description import PROBLEM

PROBLEM_SCHEMAS: dict[str, Any] = {
    "Problem": {
        "type": "object",
        "description": "Problem details (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance", "code"],
        "properties": {
            "type": {"type": "string", "description": "A URN that ends in the code."},
            "title": {"type": "string", "description": "The status in words."},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string", "description": "A sentence for people, in the language of Accept-Language."},
            "instance": {"type": "string", "description": "The request's id, as in X-Request-Id."},
            "code": {"type": "string", "description": "Stable; for programs."},
            "errors": {
                "type": "array",
                "description": "With 422: each fault and where it is.",
                "items": {"$ref": "#/components/schemas/Fault"},
            },
        },
        "additionalProperties": False,
    },
    "Fault": {
        "type": "object",
        "description": "One thing that is wrong: in the body at `pointer`, or in the query at `parameter`.",
        "required": ["code", "detail"],
        "properties": {
            "pointer": {"type": "string", "description": "JSON Pointer (RFC 6901) into the body."},
            "parameter": {"type": "string"},
            "code": {"type": "string"},
            "detail": {"type": "string"},
        },
        "additionalProperties": False,
    },
}

HEADERS: dict[str, Any] = {
    "X-Request-Id": {
        "description": "Names the request in logs and problems.",
        "required": True,
        "schema": {"type": "string", "pattern": "^req_[0-9a-hjkmnp-tv-z]{26}$"},
    },
    "ETag": {
        "description": "The version, for If-Match; of public answers a hash, for If-None-Match.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[0-9a-f]+"$'},
    },
    "Cache-Control": {
        "description": "Anyone may keep the answer so long; If-None-Match asks whether it has changed.",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "What is left of the policy: `r` requests, `t` seconds until one more.",
        "schema": {"type": "string", "pattern": '^"[a-z]+";r=[0-9]+;t=[0-9]+$'},
    },
    "RateLimit-Policy": {
        "description": "The policy: `q` requests in `w` seconds.",
        "schema": {"type": "string", "pattern": '^"[a-z]+";q=[0-9]+;w=[0-9]+$'},
    },
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "string", "pattern": "^[0-9]+$"}},
    "WWW-Authenticate": {"description": "How to prove who you are.", "schema": {"type": "string"}},
}

NAMES = {
    400: "Malformed",
    401: "Unauthenticated",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    412: "Stale",
    413: "TooLarge",
    415: "UnsupportedMediaType",
    422: "InvalidContent",
    429: "TooManyRequests",
}
_TELLS = {
    "Malformed": "Not JSON, a header that cannot be read, or a cursor of another list.",
    "Unauthenticated": "No token, or one that is not good; or what was given proves nothing.",
    "Forbidden": "The caller's role lacks the permission.",
    "NotFound": "No such object, or a foreign one: the two are not told apart.",
    "Conflict": "The object's state forbids it, or the idempotency key was used with another body.",
    "Stale": "The object has changed since the version in If-Match.",
    "TooLarge": "More than 256 KB.",
    "UnsupportedMediaType": "Not declared as JSON.",
    "InvalidContent": "Fields that are missing, unknown, or not as described; see `errors`.",
    "TooManyRequests": "The policy in RateLimit-Policy is used up.",
    "Problem": "Anything else that went wrong.",
}
_CARRIES = {
    "Unauthenticated": ["WWW-Authenticate"],
    "TooManyRequests": ["Retry-After", "RateLimit", "RateLimit-Policy"],
}
RESPONSES: dict[str, Any] = {
    name: {
        "description": text,
        "headers": {
            header: {"$ref": f"#/components/headers/{header}"} for header in ["X-Request-Id", *_CARRIES.get(name, [])]
        },
        "content": PROBLEM["content"],
    }
    for name, text in _TELLS.items()
}

SPECIAL: dict[str, dict[int, dict[str, Any]]] = {
    "docs": {200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
    "export_breakdown": {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    "openapi": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    "ready": {
        200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ReadyView"}}}},
        503: {
            "description": "The store does not answer, or the process is stopping.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ReadyView"}}},
        },
    },
}
"""Answers that are no plain model of a 2xx, by row and status."""
VERSIONED = frozenset(
    {
        "TicketView",
        "UserView",
        "ArticleView",
        "WebhookView",
        "WebhookSecretView",
        "SlaView",
        "MacroView",
        "TestQuestionView",
    }
)
"""Views with a version, which is their ETag."""
CACHEABLE = frozenset({"HelpArticleView", "HelpPage", "HelpResults"})
"""What anyone may read and caches may keep; the ETag is a hash of the answer."""
UNCHANGED = {
    "description": "The answer is still the one whose ETag If-None-Match names.",
    "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-Id", "Cache-Control")},
}
PROVES_IDENTITY = frozenset({"login", "verify_code", "refresh"})
ID_PREFIXES = {
    "ticket_id": "tkt",
    "user_id": "usr",
    "answer_id": "ans",
    "attachment_id": "att",
    "webhook_id": "whk",
    "delivery_id": "msg",
    "article_id": "art",
    "macro_id": "mac",
    "question_id": "tqn",
}
