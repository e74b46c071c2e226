"""Who reads and changes the intents a team teaches."""

from shared.assistant.errors import TooManyIntents
from shared.assistant.intent_ports import IntentReader, Intents
from shared.assistant.intents import MOST_INTENTS, PERMISSION, Intent
from shared.identities.caller import Caller
from shared.kernel.ports import Clock


class IntentList:
    """Reads taught intents."""

    def __init__(self, intents: IntentReader) -> None:
        self._intents = intents

    def all(self, caller: Caller) -> list[Intent]:
        """By name."""
        caller.require(PERMISSION)
        return self._intents.all()


class IntentDesk:
    """Changes taught intents; what has the name of a built-in intent is learnt beside it."""

    def __init__(self, intents: Intents, clock: Clock) -> None:
        self._intents = intents
        self._clock = clock

    def teach(self, name: str, examples: tuple[str, ...], caller: Caller) -> Intent:
        """The intent as it now is; the same example twice counts once. TooManyIntents."""
        caller.require(PERMISSION)
        known = {intent.name for intent in self._intents.all()}
        if name not in known and len(known) >= MOST_INTENTS:
            raise TooManyIntents(most=MOST_INTENTS)
        intent = Intent(name, tuple(dict.fromkeys(examples)), self._clock.now(), caller.id)
        self._intents.put(intent)
        return intent

    def forget(self, name: str, caller: Caller) -> None:
        """Delete it; NotFound."""
        caller.require(PERMISSION)
        self._intents.remove(name)
