"""Bring many articles in."""

from functions.api.knowledge.schemas import ArticleImport, ImportedArticle, ImportView
from shared.bootstrap import api_handler
from shared.web.dependencies import CallerOf, LanguageOf
from shared.web.dependencies.knowledge import ImportingOf


def import_articles(body: ArticleImport, caller: CallerOf, language: LanguageOf, importing: ImportingOf) -> ImportView:
    """Bring many articles in, with a result for each.

    Articles are found by slug and language; one that is there in the same words stays as it is, so the same import may
    be sent again.
    """
    brought = importing.run([each.to_new() for each in body.articles], caller, body.publish)
    return ImportView(items=[ImportedArticle.of(each, language) for each in brought])


handler = api_handler(__name__)
