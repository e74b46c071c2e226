"""Where clients open sockets."""

from urllib.parse import urlsplit, urlunsplit


class SocketAddress:
    """A configured address, or `/ws` of the host that was asked."""

    def __init__(self, configured: str | None) -> None:
        self._configured = configured

    def url(self, base_url: str) -> str:
        """The address for who asked at `base_url`."""
        if self._configured:
            return self._configured
        asked = urlsplit(base_url)
        return urlunsplit(("wss" if asked.scheme == "https" else "ws", asked.netloc, "/ws", "", ""))
