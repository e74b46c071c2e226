"""The routes of `auth` and `users` over the memory twins."""

from typing import Any

from starlette.testclient import TestClient

from shared.adapters.memory.limiter import MemoryRateLimiter
from shared.bootstrap.registry import REGISTRY, Wired
from shared.identities.models import NewUser
from shared.topology.routes import ROUTES
from shared.web.app import create_app
from tests.unit.identities.people import PASSWORD, House


class Api:
    """A client of one deployment in memory."""

    def __init__(self) -> None:
        house = self.house = House()
        wiring = Wired(
            REGISTRY,
            {
                "clock": house.clock,
                "ids": house.ids,
                "users": house.users,
                "user_reader": house.users,
                "user_rows": house.users,
                "credentials": house.credentials,
                "sessions": house.sessions,
                "login_codes": house.codes,
                "session_opening": house.opening,
                "activity_reader": house.activity,
                "hasher": house.hasher,
                "public_keys": house.public_keys,
                "signing_keys": house.signing_keys,
                "token_codec": house.codec,
                "presence": house.here,
                "login_code_jobs": house.jobs,
                "limits_scale": 1000,
                "rate_limiter": MemoryRateLimiter(house.clock),
            },
        )
        rows = [row for row in ROUTES if row.area in ("auth", "users")]
        self.client = TestClient(create_app(rows, wiring, inline=True), raise_server_exceptions=False)

    def call(self, method: str, path: str, body: Any = None, token: str | None = None, **headers: str) -> Any:
        """The response."""
        if token:
            headers["Authorization"] = f"Bearer {token}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, json=body, headers=named)

    def register(self, email: str = "user@example.com", **fields: str) -> Any:
        """The new user."""
        answer = self.call("POST", "/api/v1/users", {"email": email, "name": "John Doe", "password": PASSWORD} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def token(self, email: str = "user@example.com") -> str:
        """An access token."""
        answer = self.call("POST", "/api/v1/auth/login", {"email": email, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def admin(self) -> str:
        """An admin's access token."""
        self.house.admins.ensure(NewUser("root@example.com", "Root", "en", PASSWORD))
        return self.token("root@example.com")
