"""Intents a team teaches."""

from shared.assistant.intent_ports import IntentReader, Intents, Judge
from shared.assistant.intents import Intent
from shared.assistant.taught import Learn
from shared.assistant.teaching_desk import IntentDesk, IntentList
from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.topology import grants


@provides(*grants.read("knowledge"), uses=("transport",))
def intent_reader(wired: Wired) -> IntentReader:
    """Taught intents to read."""
    from shared.adapters.dynamodb.intents import DynamoIntents

    return table(DynamoIntents, wired, "knowledge")


@provides(*grants.read("knowledge"), *grants.write("knowledge"), uses=("transport",))
def intents(wired: Wired) -> Intents:
    """Taught intents to change."""
    from shared.adapters.dynamodb.intents import DynamoIntents

    return table(DynamoIntents, wired, "knowledge")


@provides(uses=("intent_reader",))
def intent_list(wired: Wired) -> IntentList:
    """Reads them."""
    return IntentList(wired.resolve("intent_reader"))


@provides(uses=("intents", "clock"))
def intent_desk(wired: Wired) -> IntentDesk:
    """Changes them."""
    return IntentDesk(wired.resolve("intents"), wired.resolve("clock"))


@provides(uses=("embedder",))
def learn_intents(wired: Wired) -> Learn:
    """Makes a judge of examples. The encoder is loaded when there are some: most deployments teach nothing."""
    embedder = wired.resolve("embedder")

    def learn(intents: list[Intent]) -> Judge:
        from shared.adapters.offline.teaching import learnt

        return learnt(intents, embedder)

    return learn
