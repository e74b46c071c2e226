"""Whether this process can do its work now."""

from typing import Literal

from shared.identities.ports import PublicKeys
from shared.kernel.errors import DomainError

Check = Literal["ok", "failed"]


class Readiness:
    """One cheap read proves store, credentials and the keys every other request needs."""

    def __init__(self, keys: PublicKeys) -> None:
        self._keys = keys
        self.stopping = False
        """Set by the host when it begins to drain."""

    def checks(self) -> dict[str, Check]:
        """Each part and how it does."""
        return {"store": self._store(), "process": "failed" if self.stopping else "ok"}

    def good(self, checks: dict[str, Check]) -> bool:
        """Whether all parts do well."""
        return all(check == "ok" for check in checks.values())

    def _store(self) -> Check:
        try:
            self._keys.ring()
        except DomainError:
            return "failed"
        return "ok"
