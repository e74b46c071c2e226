"""People who were there before the first request."""

from datetime import timedelta
from typing import Any

from shared.adapters.memory.hasher import QuickHasher
from shared.adapters.memory.identities import MemoryUsers
from shared.adapters.memory.process import START
from shared.identities.models import User
from shared.sealing.users import SealedUsers


def enrol(world: Any, name: str, role: Any) -> User:
    """A person with a password."""
    at = START - timedelta(days=1)
    user = User(world.ids.new("usr"), f"{name}@example.com", name, role, "en", at, at)
    SealedUsers(MemoryUsers(world.held), world.vault.sealer).add(user, QuickHasher().hash("secret"), None)
    if world.random.random() < 0.5 and name != "customer0":
        # As one who was there before anything was sealed: the first word makes the key.
        del world.vault.keys._keys[user.id]
        world.vault.plain._data.forget(user.id)
    return user
