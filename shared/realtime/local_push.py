"""Sockets this process holds, and the way to those of other replicas."""

import threading
from typing import Any, Protocol

from shared.realtime.ports import Relay


class Outlet(Protocol):
    """One open socket of this process."""

    def send(self, text: str) -> bool:
        """Queue a frame; False when the socket is closed or does not read."""

    def close(self, code: int) -> None:
        """Close it."""


class LocalPush:
    """A Push of one replica; what belongs to another is passed on, which may get lost: only entries are promised."""

    def __init__(self, host: str, relay: Relay) -> None:
        self.host = host
        self._relay = relay
        self._lock = threading.Lock()
        self._outlets: dict[str, Outlet] = {}

    def attach(self, connection_id: str, outlet: Outlet) -> None:
        """The process holds this socket from now on."""
        with self._lock:
            self._outlets[connection_id] = outlet

    def detach(self, connection_id: str) -> None:
        """It no longer does."""
        with self._lock:
            self._outlets.pop(connection_id, None)

    def send(self, connection_id: str, text: str) -> bool:
        """Here, or by relay; of another replica's socket one cannot tell whether it is there."""
        if connection_id.partition(":")[0] != self.host:
            self._relay.tell({"to": connection_id, "text": text})
            return True
        outlet = self._find(connection_id)
        return outlet is not None and outlet.send(text)

    def close(self, connection_id: str, code: int) -> None:
        """Here, or by relay."""
        outlet = self._find(connection_id)
        if outlet is not None:
            outlet.close(code)
        elif connection_id.partition(":")[0] != self.host:
            self._relay.tell({"close": connection_id, "code": code})

    def hear(self, word: dict[str, Any]) -> None:
        """Another process's word about a socket of this one."""
        outlet = self._find(str(word.get("to") or word.get("close") or ""))
        text, code = word.get("text"), word.get("code")
        if outlet is not None and isinstance(text, str):
            outlet.send(text)
        elif outlet is not None and isinstance(code, int):
            outlet.close(code)

    def _find(self, connection_id: str) -> Outlet | None:
        with self._lock:
            return self._outlets.get(connection_id)
