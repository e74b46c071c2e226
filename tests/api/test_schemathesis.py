"""Generated requests, good and bad, for every operation and role: the API is as its description says, and never fails.

The short form is for every run; `SCHEMATHESIS_EXAMPLES=200` makes it a long one with fresh randomness.
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from functions.api.system.openapi import DESCRIPTION
from tests.api.world import PASSWORD, PEOPLE, World, container_app

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "0"))
ROLES = ("customer", "agent", "admin")
# A version in If-Match may be well formed and stale; what is wrong with a body's meaning (an unknown customer, a weak
# password) is 422 with a code of its own. `meant` keeps the second from happening; the first is the header's purpose.
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": [
    "2xx", "401", "403", "404", "409", "412"]}}})

schemathesis.openapi.format("email", __import__("hypothesis").strategies.from_regex(r"[a-z]{1,20}@example\.com", fullmatch=True))
schema = schemathesis.openapi.from_path(DESCRIPTION, config=CONFIG)
schema.app = container_app()


class Stage:
    """A world with one ticket and one answer, and the requests made to be about them."""

    def __init__(self, role: str) -> None:
        self.world = World()
        self.role = role
        ticket = self.world.ticket()
        said = self.world.ok("POST", "/api/v1/ai/chat", {"message": "怎么申请退款？"}, "customer")
        self.known = {
            "ticket_id": ticket["id"],
            "answer_id": said["answer_id"],
            "user_id": self.world.ids["customer"],
            "assignee_id": self.world.ids["agent"],
            "email": PEOPLE["customer"][0],
            "password": PASSWORD,
        }

    def meant(self, case: Any) -> None:
        """Well-formed requests are turned on objects that exist; malformed ones stay as they are."""
        if not case.meta.generation.mode.is_positive:
            return
        for name in case.path_parameters or {}:
            case.path_parameters[name] = self.known[name]
        (case.query or {}).pop("cursor", None)
        if "If-Match" in (case.headers or {}):
            case.headers["If-Match"] = "*"
        self._in_body(case.body, case.operation.path)

    def _in_body(self, body: Any, path: str) -> None:
        for name, value in body.items() if isinstance(body, dict) else ():
            if isinstance(value, dict):
                self._in_body(value, path)
            elif isinstance(value, str) and name in self.known and value not in ("me", "ai"):
                body[name] = self.known[name] if name != "email" or "auth" in path else value


@pytest.mark.parametrize("role", ROLES)
@schema.parametrize()
@settings(max_examples=EXAMPLES or 4, derandomize=not EXAMPLES, deadline=None, database=None,
          suppress_health_check=list(HealthCheck))
def test_the_api_is_as_described(case: Any, role: str) -> None:
    stage = Stage(role)
    stage.meant(case)
    case.call_and_validate(headers={"Authorization": f"Bearer {stage.world.tokens[role]}"})
