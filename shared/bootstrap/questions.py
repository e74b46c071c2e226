"""Questions a team keeps to test the assistant."""

from shared.assistant.golden_desk import GoldenDesk, GoldenList
from shared.assistant.golden_ports import GoldenReader, GoldenStore
from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.topology import grants


@provides(*grants.read("knowledge"), uses=("transport",))
def golden_reader(wired: Wired) -> GoldenReader:
    """Test questions to read."""
    from shared.adapters.dynamodb.golden import DynamoGolden

    return table(DynamoGolden, wired, "knowledge")


@provides(*grants.read("knowledge"), *grants.write("knowledge"), uses=("transport",))
def golden_store(wired: Wired) -> GoldenStore:
    """Test questions to change."""
    from shared.adapters.dynamodb.golden import DynamoGolden

    return table(DynamoGolden, wired, "knowledge")


@provides(uses=("golden_reader",))
def golden_list(wired: Wired) -> GoldenList:
    """Reads them."""
    return GoldenList(wired.resolve("golden_reader"))


@provides(uses=("golden_store", "article_reader", "clock"))
def golden_desk(wired: Wired) -> GoldenDesk:
    """Changes them."""
    return GoldenDesk(*map(wired.resolve, ("golden_store", "article_reader", "clock")))
