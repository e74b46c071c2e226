"""argon2id with the second recommended parameters of RFC 9106, section 4: 3 passes over 64 MiB in 4 lanes."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from shared.kernel.errors import Unavailable


class Argon2Hasher:
    """A PasswordHasher. At most `parallel` hashes run at once, so a burst of log-ins takes 64 MiB each of no more.

    argon2-cffi is imported on first use.
    """

    def __init__(self, parallel: int = 4, passes: int = 3, kibibytes: int = 65_536, lanes: int = 4) -> None:
        self._turns = threading.BoundedSemaphore(parallel)
        self._parameters = (passes, kibibytes, lanes)

    @cached_property
    def _argon2(self) -> Any:
        from argon2 import PasswordHasher

        passes, kibibytes, lanes = self._parameters
        return PasswordHasher(time_cost=passes, memory_cost=kibibytes, parallelism=lanes)

    @cached_property
    def _decoy(self) -> str:
        # Well formed, so that checking it takes the full work from the first time on, and the hash of nothing.
        passes, kibibytes, lanes = self._parameters
        return f"$argon2id$v=19$m={kibibytes},t={passes},p={lanes}${'A' * 22}${'A' * 43}"

    def hash(self, password: str) -> str:
        """The hash in PHC form."""
        with self._turns, translated():
            return str(self._argon2.hash(password))

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password."""
        from argon2.exceptions import InvalidHashError, VerificationError

        stored = hashed or self._decoy
        with self._turns, translated():
            try:
                return bool(self._argon2.verify(stored, password)) and hashed is not None
            except (VerificationError, InvalidHashError):
                return False

    def outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters."""
        return bool(self._argon2.check_needs_rehash(hashed))


@contextmanager
def translated() -> Iterator[None]:
    """Hashing fails for want of memory, which passes."""
    from argon2.exceptions import Argon2Error

    try:
        yield
    except Argon2Error as error:
        raise Unavailable from error
