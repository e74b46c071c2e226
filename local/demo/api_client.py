"""The product's API as the seed speaks it."""

import json
import urllib.error
import urllib.request
from typing import Any


class Api:
    """Calls of one caller. A refusal raises RuntimeError with status and code, never with the request's content."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self._url = url
        self._token = token

    def as_user(self, email: str, password: str) -> "Api":
        """The same API, logged in."""
        return Api(self._url, self.call("POST", "/api/v1/auth/login", email=email, password=password)["access_token"])

    def call(self, method: str, path: str, key: str | None = None, **body: Any) -> dict[str, Any]:
        """One request; `key` is its Idempotency-Key."""
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        headers |= {"Idempotency-Key": key} if key else {}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self._url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.loads(response.read() or b"{}")  # type: ignore[no-any-return]
        except urllib.error.HTTPError as error:
            told = json.loads(error.read() or b"{}")
            raise RuntimeError(f"{method} {path}: {error.code} {told.get('code')} {told.get('errors', '')}") from None
