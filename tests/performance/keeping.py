"""An HTTP client that keeps its connection, as browsers do."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit


class Keeping:
    """One connection of one person."""

    def __init__(self, url: str, token: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def post(self, path: str, body: Any) -> Any:
        """The JSON of a request that succeeds."""
        self._connection.request("POST", path, json.dumps(body), self._headers)
        with self._connection.getresponse() as answer:
            text = answer.read()
            assert answer.status == 201, text
            return json.loads(text)
