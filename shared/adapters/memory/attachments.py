"""Attachments in memory, in the same transaction as the tickets they are on; and an object store."""

import threading
from datetime import timedelta

from shared.adapters.memory.tickets import MemoryTickets
from shared.attachments.models import UPLOAD_FOR, Attachment, Upload
from shared.kernel.errors import NotFound
from shared.kernel.pages import Page, Position
from shared.kernel.ports import Clock


class MemoryAttachments:
    """An AttachmentStore."""

    def __init__(self, tickets: MemoryTickets) -> None:
        self._tickets = tickets

    def get(self, ticket_id: str, attachment_id: str) -> Attachment:
        """The record."""
        with self._tickets._lock:
            found = self._tickets.attachments.get((ticket_id, attachment_id))
        if found is None:
            raise NotFound
        return found

    def of_ticket(self, ticket_id: str, limit: int, after: Position | None) -> Page[Attachment]:
        """Oldest first."""
        with self._tickets._lock:
            held = [each for (ticket, _), each in self._tickets.attachments.items() if ticket == ticket_id]
        rest = sorted((each for each in held if after is None or f"A#{each.id}" > after[0]), key=lambda each: each.id)
        return Page(rest[:limit], (f"A#{rest[limit - 1].id}",) if len(rest) > limit else None)

    def add(self, attachment: Attachment) -> None:
        """The first stays."""
        with self._tickets._lock:
            self._tickets.attachments.setdefault((attachment.ticket_id, attachment.id), attachment)

    def settle(self, attachment: Attachment) -> bool:
        """Compare-and-set by state."""
        key = attachment.ticket_id, attachment.id
        with self._tickets._lock:
            stored = self._tickets.attachments.get(key)
            if stored is None or stored.state != "pending":
                return False
            self._tickets.attachments[key] = attachment
            return True


class MemoryFiles:
    """A Files store. `put` is what a client's upload would do."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: dict[str, tuple[bytes, str]] = {}

    def upload(self, key: str, type: str, size: int) -> Upload:
        """A form only `put` takes."""
        expires_at = self._clock.now() + timedelta(seconds=UPLOAD_FOR.total_seconds())
        return Upload("POST", "https://files.example.com/", {"key": key, "Content-Type": type}, {}, expires_at)

    def put(self, key: str, content: bytes, type: str = "") -> None:
        """Kept; also what a client's upload does."""
        with self._lock:
            self._held[key] = content, type

    def size(self, key: str) -> int | None:
        """Bytes."""
        with self._lock:
            return len(self._held[key][0]) if key in self._held else None

    def read(self, key: str, most: int) -> bytes:
        """The object."""
        with self._lock:
            if key not in self._held:
                raise NotFound
            return self._held[key][0][:most]

    def delete(self, key: str) -> None:
        """Gone."""
        with self._lock:
            self._held.pop(key, None)

    def delete_all(self, prefix: str) -> int:
        """Gone, all of them."""
        with self._lock:
            keys = [key for key in self._held if key.startswith(prefix)]
            for key in keys:
                del self._held[key]
        return len(keys)

    def download(self, key: str, name: str, type: str, inline: bool) -> str:
        """An address nobody serves."""
        return f"https://files.example.com/{key}"
