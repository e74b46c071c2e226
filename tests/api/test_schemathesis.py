"""Generated requests, good and bad, for every operation and role: the API is as its description says, and never fails.

The short form is for every run and always the same. `SCHEMATHESIS_EXAMPLES=200` makes it long, and different each time.
"""

import os
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig

from functions.api.system.openapi import DESCRIPTION
from tests.api.world import (
    CURRENT,
    PASSWORD,
    PEOPLE,
    World,
    a_macro,
    a_test_question,
    a_webhook,
    an_intent,
    container_app,
    uploaded,
)

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "0"))
# The defaults and 412: an If-Match may be well formed and name a version that has passed.
ACCEPTED = ["2xx", "401", "403", "404", "409", "412", "429"]
# And 413: what is too long for its field may be too long for a request.
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429", "5xx"]
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ACCEPTED},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        }
    }
)
# Of all RFC 5322 addresses we take those that mail can be sent to; `format: email` has no word for that.
schemathesis.openapi.format("email", st.from_regex(r"[a-z][a-z0-9]{0,20}@example\.com", fullmatch=True))

schema = schemathesis.openapi.from_path(DESCRIPTION, config=CONFIG)
schema.app = container_app()


class Stage:
    """A world with a ticket and an answer, and the requests made to be about them."""

    def __init__(self, role: str) -> None:
        self.world = World()
        said = self.world.ok("POST", "/api/v1/ai/chat", {"message": "怎么申请退款？"}, "customer")
        self.known: dict[str, Any] = {
            "answer_id": said["answer_id"],
            "user_id": self.world.ids["customer"],
            "queue": "ai_turns",
            "slug": "refund-policy",
            "number": 1,
            "assignee_id": self.world.ids["agent"],
            "email": PEOPLE["customer"][0],
            "url": "https://hooks.example.com/a",
            "password": PASSWORD,
        }
        self.headers = {"Authorization": f"Bearer {self.world.tokens[role]}"}

    def mean(self, case: Any) -> None:
        """Turn a well-formed request on what exists; a malformed one stays as it is."""
        CURRENT.wired = self.world.wired
        # Unknown query parameters are ignored, as proxies and clients add their own. The check knows that, but not that
        # we put back the token whose absence it counted as a second fault. Without them a case may be well formed.
        declared = {parameter.name for parameter in case.operation.query}
        if set(case.query or {}) - declared:
            case.query = {name: value for name, value in case.query.items() if name in declared}
        if not case.meta.generation.mode.is_positive:
            return
        self.known["ticket_id"] = self.world.ticket()["id"]
        self.known |= a_webhook(self.world) | a_macro(self.world) | an_intent(self.world) | a_test_question(self.world)
        self.known["article_id"] = self.world.stores.articles.find("refund-policy", "zh")
        self.known["attachment_id"] = uploaded(self.world, self.known["ticket_id"])
        case.path_parameters = {name: self.known[name] for name in case.path_parameters or {}}
        # Whether a cursor is of this list, days make a span or a zone is on the map, no schema can say.
        for name in ("cursor", "from", "to", "zone"):
            (case.query or {}).pop(name, None)
        if "If-Match" in (case.headers or {}):
            # Coverage cases ignore the pattern here and send what is no entity tag.
            case.headers["If-Match"] = "*"
        if case.path.startswith("/api/v1/macros") and isinstance(case.body, dict) and "name" in case.body:
            self._as_a_macro(case.body)
        self._in_body(case.body, known=self.known if case.path != "/api/v1/users" else {"password": PASSWORD})

    def _as_a_macro(self, body: Any) -> None:
        # Whether it does anything, and whether a placeholder is known, no schema can say.
        body |= {"note": "{{ticket.number}}", "reply": {"zh": "{{customer.name}}"}}
        if "scope" in body or "team_id" in body:
            body["team_id"] = "billing" if body.get("scope") == "team" else None

    def _in_body(self, body: Any, known: dict[str, str]) -> None:
        for name, value in body.items() if isinstance(body, dict) else ():
            if name in ("attachments", "policies", "calendars") and isinstance(value, list):
                # Whether a file is ready, or hours come in order, no schema can say.
                body[name] = []
            elif isinstance(value, dict):
                self._in_body(value, known)
            elif isinstance(value, str) and name in known and value not in ("me", "ai"):
                body[name] = known[name]


@cache
def stage_of(role: str, operation: str) -> Stage:
    return Stage(role)


@pytest.mark.parametrize("role", ["customer", "agent", "admin"])
@schema.parametrize()
@settings(
    max_examples=EXAMPLES or 4,
    derandomize=not EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_the_api_is_as_described(case: Any, role: str) -> None:
    stage = stage_of(role, case.operation.label)
    stage.mean(case)
    case.call_and_validate(headers=stage.headers)
