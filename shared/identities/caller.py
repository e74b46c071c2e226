"""The person a request speaks for."""

from dataclasses import dataclass

from shared.identities.roles import Role, permits
from shared.kernel.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Caller:
    """Taken from a verified access token, never from a body."""

    id: str
    role: Role
    session_id: str

    def can(self, permission: str) -> bool:
        """Whether the caller's role holds the permission."""
        return permits(self.role, permission)

    def require(self, permission: str) -> None:
        """Forbidden unless the caller holds the permission."""
        if not self.can(permission):
            raise Forbidden

    @property
    def is_staff(self) -> bool:
        """Whether the caller answers customers."""
        return self.role != "customer"

    def acts_for(self, user_id: str | None, permission: str) -> str:
        """The user meant by an optional `user_id` of a body: the caller, or another for those who may."""
        if user_id is None or user_id == self.id:
            return self.id
        self.require(permission)
        return user_id
