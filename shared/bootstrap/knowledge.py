"""Help articles and the help centre."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shared.bootstrap.platform import queue, table
from shared.bootstrap.registry import Wired, provides
from shared.kernel.ports import JobQueue
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.help import HelpCentre, HelpSearch
from shared.knowledge.importing import Importing
from shared.knowledge.indexing import IndexBuilding
from shared.knowledge.models import Article
from shared.knowledge.ports import ArticleReader, Articles, IndexMarks
from shared.knowledge.reading import ArticleQueries
from shared.topology import grants

if TYPE_CHECKING:
    from shared.adapters.dynamodb.articles import DynamoArticles
    from shared.assistant.ports import Embedder, Retriever

MOUNTED = Path("/opt")
"""Where Lambda mounts layers."""


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


@provides(*grants.read("knowledge"), uses=("transport",))
def index_marks(wired: Wired) -> IndexMarks:
    """Which index file there is."""
    from shared.adapters.dynamodb.articles import DynamoArticles

    return table(DynamoArticles, wired, "knowledge")


@provides()
def embedder(wired: Wired) -> "Embedder":
    """Vectors of texts: baked into a layer, else as its package ships them."""
    from shared.adapters.use.baking import FOLDER
    from shared.adapters.use.encoder import UseEmbedder

    baked = MOUNTED / FOLDER
    return UseEmbedder(baked if baked.is_dir() else None)


@provides(uses=("articles", "index_marks", "files_to_load", "embedder", "monotonic"))
def retriever(wired: Wired) -> "Retriever":
    """Search over the articles."""
    from shared.adapters.offline.retriever import OfflineRetriever
    from shared.adapters.offline.stored import StoredIndexes

    files = wired.resolve("files_to_load")
    stored = StoredIndexes(wired.resolve("index_marks"), files) if files is not None else None
    return OfflineRetriever(wired.resolve("articles"), stored, wired.resolve("embedder"), wired.resolve("monotonic"))


@provides(uses=("index_marks", "files_to_load", "embedder"))
def articles_retriever(wired: Wired) -> "Callable[[list[Article]], Retriever]":
    """Search over articles that are given; vectors of published texts are taken from the index file."""
    from shared.adapters.offline.given import GivenRetriever
    from shared.adapters.offline.stored import StoredIndexes

    stored = StoredIndexes(wired.resolve("index_marks"), wired.resolve("files_to_load"))
    embedder = wired.resolve("embedder")
    return lambda articles: GivenRetriever(articles, embedder, stored)


@provides(uses=("article_store", "files_to_index", "files_to_load", "embedder"))
def index_building(wired: Wired) -> IndexBuilding:
    """Builds index files."""
    from shared.adapters.offline.stored import IndexMaker, KeptIndexes

    store, files = wired.resolve("article_store"), wired.resolve("files_to_index")
    make = IndexMaker(store, wired.resolve("files_to_load"), wired.resolve("embedder"))
    return IndexBuilding(store, store, KeptIndexes(files), make)


@provides()
def snapshot_reader(wired: Wired) -> Callable[[Mapping[str, Any]], str | None]:
    """Change records as the snapshot they move to."""
    from shared.adapters.dynamodb.article_changes import moved_snapshot

    return moved_snapshot


@provides(*grants.send("index_failures"), uses=("sqs_client",))
def index_articles_parking(wired: Wired) -> JobQueue:
    """Where changes wait whose index could not be built."""
    return queue(wired, "index_failures")


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
