"""E-mail into a directory, for local runs: one `.eml` file each, which any mail program opens."""

import itertools
import os
from pathlib import Path

from shared.adapters.mail.message import as_mime
from shared.identities.ports import Mail
from shared.kernel.errors import Unavailable
from shared.kernel.ports import Clock


class FileMailer:
    """A Mailer. Files sort by time; a file appears whole or not at all."""

    def __init__(self, directory: Path, sender: str, clock: Clock) -> None:
        self._directory = directory
        self._sender = sender
        self._clock = clock
        self._count = itertools.count()

    def send(self, mail: Mail) -> None:
        """Write the file."""
        name = f"{self._clock.now():%Y%m%dT%H%M%S%f}-{os.getpid()}-{next(self._count)}"
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            draft = self._directory / f".{name}.part"
            draft.write_bytes(as_mime(mail, self._sender))
            draft.rename(self._directory / f"{name}.eml")
        except OSError as error:
            raise Unavailable from error
