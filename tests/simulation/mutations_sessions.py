"""Bugs put in on purpose in the families of refresh tokens."""

from typing import Any

from shared.adapters.memory.identities import MemorySessions
from shared.identities.errors import RefreshTokenReused
from shared.identities.login import Refresh
from shared.identities.models import Session
from tests.simulation.mutations import bug
from tests.simulation.world import World


class AnyToken(MemorySessions):
    """Exchanges without comparing."""

    def rotate(self, before: Session, after: Session) -> bool:
        """Whatever is stored."""
        stored = self._held.sessions[before.id]
        return super().rotate(stored, after)


@bug
class RotateUnconditional(World):
    """Two exchanges of one token at the same moment both succeed."""

    def session_store(self) -> Any:
        """No comparison."""
        return AnyToken(self.held)


class Lenient(Refresh):
    """Lets an old token pass."""

    def _end(self, session: Session) -> None:
        return


@bug
class ReuseAccepted(World):
    """A refresh token is good more than once."""

    def refresher(self) -> Any:
        """With grace."""
        return Lenient(self.users, self.sessions, self.wired.resolve("token_issuer"), self.clock, self.ids)


class Forgiving(Refresh):
    """Refuses an old token, and leaves the family alone."""

    def _end(self, session: Session) -> None:
        raise RefreshTokenReused


@bug
class FamilyLivesOn(World):
    """After a theft was noticed the thief's token still works."""

    def refresher(self) -> Any:
        """No end."""
        return Forgiving(self.users, self.sessions, self.wired.resolve("token_issuer"), self.clock, self.ids)
