"""Bugs put in on purpose in sealing, in the life of keys, and in erasing."""

from typing import Any

from shared.adapters.memory.keys import MemoryKeys
from shared.privacy.undoing import Undoing
from shared.sealing.models import Branch, DataKey
from shared.sealing.renewal import KeyRenewal
from shared.sealing.tickets import OpenedTickets, covered_entry, covered_ticket
from shared.tickets.ticket import Written
from tests.simulation.mutations import bug
from tests.simulation.vault import Vault, WatchedKeys
from tests.simulation.world import World


class SwitchedKeys(WatchedKeys):
    """The table of keys with a condition off."""

    first_stays = True

    def add(self, key: DataKey) -> bool:
        """The last one stays."""
        if self.first_stays:
            return super().add(key)
        self._keys[key.owner] = key
        return True


class OverwritingVault(Vault):
    """Keys are kept without looking whether there is one."""

    def key_twin(self) -> MemoryKeys:
        """Without the condition."""
        keys = SwitchedKeys(lambda owner: self.plain.find(owner))
        keys.first_stays = False
        return keys


@bug
class KeysOverwritten(World):
    """Two processes give a new person a key each, and the second one stays."""

    def a_vault(self) -> Vault:
        """The last one wins."""
        return OverwritingVault(self)


class HastyRenewal(KeyRenewal):
    """Forgets a branch whatever hangs on it."""

    def _dropped(self, old: Branch, active: Branch) -> bool:
        self._store.drop_branch(old.id)
        return True

    def _rewrap(self, key: DataKey, active: Branch) -> bool:
        return False


class HastyVault(Vault):
    """With a hasty job."""

    def renewal(self) -> KeyRenewal:
        """Drops first."""
        made = super().renewal()
        made.__class__ = HastyRenewal
        return made


@bug
class BranchDroppedEarly(World):
    """A branch is forgotten while keys still hang on it."""

    def a_vault(self) -> Vault:
        """Hasty."""
        return HastyVault(self)


class HalfSealed(OpenedTickets):
    """Seals what is said, and forgets the subject that the first entry tells of."""

    def __init__(self, rows: Any, sealer: Any) -> None:
        super().__init__(rows, sealer)
        self._store, self._sealer = rows, sealer

    def commit(self, written: Written, once: Any = None) -> None:
        """Words of the entry only in the entry's content."""
        owner = written.ticket.requester_id

        def cover(text: str, place: Any) -> str:
            return (
                text
                if place.field == "content" and written.entry.event == "noted"
                else self._sealer.seal(owner, text, place)
            )

        ticket, entry = covered_ticket(written.ticket, cover), covered_entry(written.entry, cover)
        self._store.commit(Written(ticket, entry, written.based_on), once)

    def result_of(self, once: Any) -> Any:
        """The store's."""
        return self._store.result_of(once)


@bug
class NotesInTheClear(World):
    """Internal notes are kept as they are written."""

    def replacements(self) -> dict[str, Any]:
        """A store that seals the rest."""
        replaced = super().replacements()
        return replaced | {"ticket_store": HalfSealed(self.tickets, self.vault.sealer)}


class KeepsTheKey(Undoing):
    """Ends everything but the key."""

    def destroy_key(self, user_id: str) -> None:
        """Later, perhaps."""


@bug
class KeyKept(World):
    """An erasure that leaves the key."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.wired.resolve("undoing").__class__ = KeepsTheKey


class LeavesTickets(Undoing):
    """Ends everything but tickets."""

    def end_what_is_open(self, user_id: str) -> None:
        """Sessions only."""


@bug
class TicketsLeftOpen(World):
    """Tickets of an erased person wait for an answer that nobody can write."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.wired.resolve("undoing").__class__ = LeavesTickets
