"""Aliases for articles and the help centre."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.knowledge.desk import ArticleDesk
from shared.knowledge.help import HelpCentre, HelpSearch
from shared.knowledge.importing import Importing
from shared.knowledge.reading import ArticleQueries

ArticleDeskOf = Annotated[ArticleDesk, Provide("article_desk")]
ArticleQueriesOf = Annotated[ArticleQueries, Provide("article_queries")]
ImportingOf = Annotated[Importing, Provide("importing")]
HelpCentreOf = Annotated[HelpCentre, Provide("help_centre")]
HelpSearchOf = Annotated[HelpSearch, Provide("help_search")]
