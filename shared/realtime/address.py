"""Where clients open sockets."""

from urllib.parse import urlsplit, urlunsplit


class SocketAddress:
    """A configured address, a configured path of the host that was asked, or `/ws` of that host."""

    def __init__(self, configured: str | None) -> None:
        self._configured = configured

    def url(self, base_url: str) -> str:
        """The address for who asked at `base_url`."""
        place = self._configured or "/ws"
        if not place.startswith("/"):
            return place
        asked = urlsplit(base_url)
        return urlunsplit(("wss" if asked.scheme == "https" else "ws", asked.netloc, place, "", ""))
