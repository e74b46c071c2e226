"""A fast password hash for simulations and tests; never wired by `bootstrap`."""

import hashlib
import hmac


class QuickHasher:
    """Salted with nothing and slow in nothing; `parameters` stands for what argon2 would be told."""

    def __init__(self, parameters: str = "v1") -> None:
        self._parameters = parameters
        self.checks = 0
        """Verifications done, the wasted ones included."""

    def hash(self, password: str) -> str:
        """The hash."""
        return f"{self._parameters}${hashlib.sha256(password.encode()).hexdigest()}"

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password."""
        self.checks += 1
        expected = hashlib.sha256(password.encode()).hexdigest()
        return hashed is not None and hmac.compare_digest(hashed.rpartition("$")[2], expected)

    def outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters."""
        return not hashed.startswith(f"{self._parameters}$")
