"""Articles as HTML: rendered by markdown-it, then cleaned by nh3, so that nothing an article says runs or calls out."""

from functools import cache

import nh3
from markdown_it import MarkdownIt

TEXT = {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "s", "strong"}
TAGS = TEXT | {"li", "ol", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}
SCHEMES = {"https", "http", "mailto"}


@cache
def _renderer() -> MarkdownIt:
    # Raw HTML is shown as the text it is; the cleaning behind it holds whatever the renderer lets through.
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).disable("image")


def to_html(markdown: str) -> str:
    """The article's body; an article's title is the page's only first heading, so its own begin with the second."""
    return nh3.clean(
        _renderer().render(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>"),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def to_text(markdown: str) -> str:
    """The words alone, still escaped for HTML."""
    return nh3.clean(_renderer().render(markdown), tags=set())
