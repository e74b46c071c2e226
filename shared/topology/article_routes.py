"""The rows of help articles and the help centre."""

from shared.topology.grants import FILES_LOAD, read, write
from shared.topology.route import PUBLIC, USER, Route

ARTICLE_WRITE = (*read("knowledge"), *write("knowledge"))

ARTICLE_ROUTES: tuple[Route, ...] = (
    Route("knowledge", "create_article", "POST", "/api/v1/articles", 201, "articles.write", ARTICLE_WRITE),
    Route("knowledge", "list_articles", "GET", "/api/v1/articles", 200, "articles.read", read("knowledge")),
    Route(
        "knowledge",
        "import_articles",
        "POST",
        "/api/v1/article-imports",
        200,
        "articles.write",
        ARTICLE_WRITE,
        timeout=29,
    ),
    Route("knowledge", "get_article", "GET", "/api/v1/articles/{article_id}", 200, "articles.read", read("knowledge")),
    Route("knowledge", "update_article", "PUT", "/api/v1/articles/{article_id}", 200, "articles.write", ARTICLE_WRITE),
    Route(
        "knowledge",
        "archive_article",
        "DELETE",
        "/api/v1/articles/{article_id}",
        200,
        "articles.publish",
        ARTICLE_WRITE,
    ),
    Route(
        "knowledge",
        "publish_article",
        "POST",
        "/api/v1/articles/{article_id}/publication",
        200,
        "articles.publish",
        ARTICLE_WRITE,
    ),
    Route(
        "knowledge",
        "list_versions",
        "GET",
        "/api/v1/articles/{article_id}/versions",
        200,
        "articles.read",
        read("knowledge"),
    ),
    Route(
        "knowledge",
        "get_version",
        "GET",
        "/api/v1/articles/{article_id}/versions/{number}",
        200,
        USER,
        read("knowledge"),
    ),
    Route("knowledge", "list_help", "GET", "/api/v1/help/articles", 200, PUBLIC, read("knowledge"), limit="help"),
    Route(
        "knowledge", "read_help", "GET", "/api/v1/help/articles/{slug}", 200, PUBLIC, read("knowledge"), limit="help"
    ),
    Route(
        "knowledge",
        "search_help",
        "GET",
        "/api/v1/help/search",
        200,
        PUBLIC,
        (*read("knowledge"), *FILES_LOAD),
        limit="help",
        memory=1024,
        layers=("runtime", "ai"),
    ),
)
