"""The Files port on a directory. The container takes and serves them under addresses that are signed and expire.

Keys are our own (`incoming/<ticket>/<attachment>`), never a client's; what is written appears whole, by a rename.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from shared.attachments.models import DOWNLOAD_FOR, UPLOAD_FOR, Upload
from shared.kernel.errors import NotFound, Unavailable
from shared.kernel.ports import Clock


@dataclass(frozen=True, slots=True)
class Pass:
    """What an address allows: `put` exactly `size` bytes of that type, or `get` as that type under that name."""

    act: str
    key: str
    type: str
    size: int
    name: str
    inline: bool
    until: int


class DirectoryFiles:
    """Files under a directory; `secret` signs addresses that start with `url`."""

    def __init__(self, directory: str, secret: bytes, url: str, clock: Clock) -> None:
        self._root = Path(directory)
        self._secret = secret
        self._url = url.rstrip("/")
        self._clock = clock

    def upload(self, key: str, type: str, size: int) -> Upload:
        """An address to PUT to."""
        address = self._address(Pass("put", key, type, size, "", False, self._until(UPLOAD_FOR)))
        return Upload("PUT", address, {}, {"Content-Type": type}, self._clock.now() + UPLOAD_FOR)

    def size(self, key: str) -> int | None:
        """Of the file."""
        try:
            with translated():
                return self._path(key).stat().st_size
        except NotFound:
            return None

    def read(self, key: str, most: int) -> bytes:
        """The file."""
        with translated(), self._path(key).open("rb") as file:
            return file.read(most)

    def put(self, key: str, content: bytes, type: str) -> None:
        """Whole, or not at all; the type stands in the record."""
        path = self._path(key)
        with translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f"{path.name}.{secrets.token_hex(6)}.part")
            partial.write_bytes(content)
            os.replace(partial, path)

    def delete(self, key: str) -> None:
        """Unlink."""
        with translated():
            self._path(key).unlink(missing_ok=True)

    def delete_all(self, prefix: str) -> int:
        """Every file below the folder."""
        with translated():
            found = [path for path in self._path(prefix).rglob("*") if path.is_file()]
            for path in found:
                path.unlink(missing_ok=True)
        return len(found)

    def download(self, key: str, name: str, type: str, inline: bool) -> str:
        """An address to GET."""
        return self._address(Pass("get", key, type, 0, name, inline, self._until(DOWNLOAD_FOR)))

    def opened(self, token: str, act: str) -> Pass | None:
        """What an address allows; None when it was not signed by us, is too old, or is for something else."""
        told, _, signature = token.partition(".")
        if not hmac.compare_digest(signature, self._signature(told)):
            return None
        try:
            allowed = Pass(**json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4))))
        except (ValueError, TypeError):
            return None
        fresh = self._clock.now() < datetime.fromtimestamp(allowed.until, tz=self._clock.now().tzinfo)
        return allowed if fresh and allowed.act == act else None

    def _until(self, life: timedelta) -> int:
        return int((self._clock.now() + life).timestamp())

    def _address(self, allowed: Pass) -> str:
        told = base64.urlsafe_b64encode(json.dumps(asdict(allowed)).encode()).decode().rstrip("=")
        return f"{self._url}/files/{quote(told)}.{self._signature(told)}"

    def _signature(self, told: str) -> str:
        return hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise NotFound
        return path


@contextmanager
def translated() -> Iterator[None]:
    """A missing file is NotFound, a disk that refuses is Unavailable."""
    try:
        yield
    except FileNotFoundError as error:
        raise NotFound from error
    except OSError as error:
        raise Unavailable from error
