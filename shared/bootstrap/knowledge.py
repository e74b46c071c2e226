"""Help articles and the help centre."""

from typing import TYPE_CHECKING

from shared.bootstrap.platform import table
from shared.bootstrap.registry import Wired, provides
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.help import HelpCentre, HelpSearch
from shared.knowledge.importing import Importing
from shared.knowledge.ports import ArticleReader, Articles
from shared.knowledge.reading import ArticleQueries
from shared.topology import grants

if TYPE_CHECKING:
    from shared.adapters.dynamodb.articles import DynamoArticles
    from shared.assistant.ports import Retriever


@provides(*grants.read("knowledge"), uses=("transport",))
def articles(wired: Wired) -> Articles:
    """Published articles."""
    from shared.adapters.dynamodb.articles import DynamoArticles

    return table(DynamoArticles, wired, "knowledge")


@provides(*grants.read("knowledge"), uses=("transport",))
def article_reader(wired: Wired) -> ArticleReader:
    """Articles with all their versions."""
    from shared.adapters.dynamodb.articles import DynamoArticles

    return table(DynamoArticles, wired, "knowledge")


@provides(*grants.read("knowledge"), *grants.write("knowledge"), uses=("transport",))
def article_store(wired: Wired) -> "DynamoArticles":
    """Articles to write."""
    from shared.adapters.dynamodb.articles import DynamoArticles

    return table(DynamoArticles, wired, "knowledge")


@provides(uses=("articles",))
def retriever(wired: Wired) -> "Retriever":
    """Search over the articles."""
    from shared.adapters.offline.retriever import OfflineRetriever

    return OfflineRetriever(wired.resolve("articles"))


@provides(uses=("article_store", "clock", "ids"))
def article_desk(wired: Wired) -> ArticleDesk:
    """Commands on articles."""
    return ArticleDesk(wired.resolve("article_store"), wired.resolve("clock"), wired.resolve("ids"))


@provides(uses=("article_store", "article_desk"))
def importing(wired: Wired) -> Importing:
    """Brings many articles in."""
    return Importing(wired.resolve("article_store"), wired.resolve("article_desk"))


@provides(uses=("article_reader",))
def article_queries(wired: Wired) -> ArticleQueries:
    """Articles for their readers."""
    return ArticleQueries(wired.resolve("article_reader"))


@provides(uses=("articles",))
def help_centre(wired: Wired) -> HelpCentre:
    """What anyone may read."""
    return HelpCentre(wired.resolve("articles"))


@provides(uses=("help_centre", "retriever"))
def help_search(wired: Wired) -> HelpSearch:
    """Search over it."""
    return HelpSearch(wired.resolve("help_centre"), wired.resolve("retriever"))
