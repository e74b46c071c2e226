"""The help centre as plain pages: they need no script and nothing from elsewhere."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, urlencode

from shared.kernel.texts import Language
from shared.knowledge.help import Found, Shown
from shared.web.help_words import WORDS, category_name

Render = Callable[[str], str]


@cache
def style() -> str:
    """The pages' style sheet, which stands in each of them."""
    return Path(__file__).with_name("help.css").read_text(encoding="utf-8")


def style_hash() -> str:
    """What a Content-Security-Policy names it by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()}'"


class HelpPages:
    """Makes the pages; `to_html` and `to_text` turn Markdown into HTML that is clean."""

    def __init__(self, to_html: Render, to_text: Render) -> None:
        self._to_html, self._to_text = to_html, to_text

    def index(self, shown: Iterable[Shown], language: Language, more: bool = False) -> str:
        """Articles by category; `more` when there are others."""
        words = WORDS[language]
        topics = [
            f'<section aria-labelledby="c-{escape(category)}"><h2 id="c-{escape(category)}">'
            f"{escape(category_name(category, language))}</h2>"
            f"<ul>{''.join(_item(one, language) for one in group)}</ul></section>"
            for category, group in groupby(shown, key=lambda one: one.article.category)
        ]
        body = f'<div class="topics">{"".join(topics)}</div>' if topics else f"<p>{words['empty']}</p>"
        body += f"<p>{words['more']}</p>" if more else ""
        return _page(words["title"], f"{_hero(language, words['title'])}{body}", language, "/help")

    def article(self, shown: Shown, language: Language) -> str:
        """One article, in the language it is there in."""
        words, article = WORDS[language], shown.article
        tongue = WORDS[article.language]["lang"]
        notice = "" if article.language == language else f'<p class="notice">{words["only_other"]}</p>'
        topic = category_name(article.category, language)
        updated = words["updated"].format(date=f"<time>{article.updated_at:%Y-%m-%d}</time>")
        body = (
            f'<p class="trail"><a href="{_href("/help", language)}">{words["all"]}</a> / {escape(topic)}</p>'
            f"{notice}"
            f'<article lang="{tongue}"><h1>{escape(article.title)}</h1><p class="quiet">{updated}</p>'
            f'<div class="prose">{self._to_html(article.body)}</div></article>'
        )
        return _page(article.title, body, language, f"/help/{article.slug}", shown.languages)

    def results(self, query: str, found: Iterable[Found], language: Language) -> str:
        """What a search found."""
        words = WORDS[language]
        items = "".join(
            f'<li><a href="{_href(f"/help/{one.shown.article.slug}", language)}">{escape(one.shown.article.title)}</a>'
            f"<p>{self._to_text(one.span.text)}</p></li>"
            for one in found
        )
        title = words["results"].format(q=query)
        body = f'{_hero(language, title, query)}<ul class="hits">{items}</ul>'
        if not items:
            body += f"<p>{words['nothing']}</p>"
        return _page(title, body, language, f"/help/search?{urlencode({'q': query})}")

    def refusal(self, title: str, detail: str, language: Language) -> str:
        """Why there is no page."""
        return _page(title, f"{_hero(language, title)}<p>{escape(detail)}</p>", language, "/help")


def _item(shown: Shown, language: Language) -> str:
    article = shown.article
    tongue = "" if article.language == language else f' lang="{WORDS[article.language]["lang"]}"'
    return f'<li><a href="{_href(f"/help/{article.slug}", language)}"{tongue}>{escape(article.title)}</a></li>'


def _href(path: str, language: Language) -> str:
    joint = "&amp;" if "?" in path else "?"
    return f"{quote(path, safe='/?=&%+')}{joint}language={language}"


def _hero(language: Language, title: str, query: str = "") -> str:
    words = WORDS[language]
    return (
        f'<div class="hero"><h1>{escape(title)}</h1><p>{words["lead"]}</p>'
        f'<form action="/help/search" role="search"><input type="hidden" name="language" value="{language}">'
        f'<label class="only-read" for="q">{words["search"]}</label>'
        f'<input id="q" name="q" type="search" required maxlength="200" value="{escape(query)}" '
        f'placeholder="{words["placeholder"]}"><button>{words["submit"]}</button></form></div>'
    )


def _page(title: str, body: str, language: Language, path: str, languages: Iterable[str] = ("en", "zh")) -> str:
    words = WORDS[language]
    other: Language = "en" if language == "zh" else "zh"
    alternates = "".join(
        f'<link rel="alternate" hreflang="{WORDS[one]["lang"]}" href="{_href(path, one)}">'
        for one in (language, other)
        if one in languages
    )
    return (
        f'<!doctype html><html lang="{words["lang"]}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<meta name="color-scheme" content="light dark">{alternates}<link rel="icon" href="data:,">'
        f'<style>{style()}</style></head><body><a class="skip" href="#content">{words["skip"]}</a>'
        f'<header><a class="brand" href="{_href("/help", language)}"><span class="mark"></span>{words["title"]}</a>'
        f'<nav><a href="{_href(path, other)}" lang="{words["other_lang"]}">{words["other"]}</a>'
        f'<a href="/console/">{words["staff"]}</a></nav></header><main id="content">{body}</main>'
        f'<script src="/loader.js" data-language="{language}" async></script></body></html>'
    )
