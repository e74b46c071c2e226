"""Articles as HTML: what people write is shown, and nothing of it runs or calls out."""

from html.parser import HTMLParser

import pytest

from shared.adapters.markdown.html import TAGS, to_html, to_text

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](https://elsewhere.example/pixel.png)",
    '<a href="https://example.com" onclick="alert(1)">x</a>',
    "<style>*{display:none}</style>",
    "<iframe src='https://elsewhere.example'></iframe>",
    '[x](https://example.com "&quot; onmouseover=alert(1)")',
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
]


class Tags(HTMLParser):
    """What a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_markdown_becomes_elements() -> None:
    html = to_html("## How\n\n1. One\n2. **Two**\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert "<h2>How</h2>" in html
    assert "<li><strong>Two</strong></li>" in html
    assert "<td>1</td>" in html


def test_the_title_stays_the_only_first_heading() -> None:
    assert to_html("# Title\n") == "<h2>Title</h2>\n"


def test_a_link_gives_away_nothing_of_ours() -> None:
    assert 'rel="noopener noreferrer nofollow"' in to_html("[x](https://example.com)")


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_in_an_article_runs_or_fetches(attack: str) -> None:
    html = to_html(f"before\n\n{attack}\n\nafter")
    read = Tags()
    read.feed(html)
    assert set(read.tags) <= TAGS
    assert [name for name, _ in read.attributes if name.startswith("on") or name in ("src", "style")] == []
    assert all(str(value).startswith("https://") for name, value in read.attributes if name == "href")
    assert "before" in html
    assert "after" in html


def test_words_alone_hold_no_marks_and_no_tags() -> None:
    assert to_text("Open **Orders** & [more](https://example.com) <b>now</b>").strip() == (
        "Open Orders &amp; more &lt;b&gt;now&lt;/b&gt;"
    )
