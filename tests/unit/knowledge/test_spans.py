"""Spans are exact, complete and quotable."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.kernel.texts import Language
from shared.knowledge.spans import MAX_WIDTH, split_spans, width
from tests.contract.articles_contract import an_article

GUIDE = """Before you start, read this paragraph, which is long enough to stand alone as one quotable piece of text.

## Windows

Do this:

1. Open the **Start** menu.
2. Type `lantern`.

### Old versions

Version 3 and older cannot be repaired; install the current version from the download page and sign in once more.

## 苹果电脑

打开“应用程序”文件夹，把旧版本拖进废纸篓，然后重新下载安装包，双击安装，并用原来的账户登录即可继续使用。
"""

markdown = st.text(alphabet=st.sampled_from("ab 。.！#\n\n\r`~-1你好，é😀"), max_size=1500)


@settings(max_examples=150, deadline=None)
@given(markdown)
def test_a_span_is_exactly_its_bytes_of_the_body(body: str) -> None:
    raw = body.encode()
    for span in split_spans(an_article(body=body)):
        assert raw[span.start : span.end] == span.text.encode()
        assert span.hash == hashlib.sha256(raw[span.start : span.end]).hexdigest()


@settings(max_examples=150, deadline=None)
@given(markdown)
def test_spans_leave_out_nothing_but_headings_and_space(body: str) -> None:
    raw, end = body.encode(), 0
    for span in [*split_spans(an_article(body=body)), None]:
        start = span.start if span else len(raw)
        assert start >= end
        left_out = raw[end:start].decode().split("\n")
        assert all(not line.strip() or line.lstrip(" ").startswith("#") for line in left_out)
        end = span.end if span else end


@settings(max_examples=100, deadline=None)
@given(markdown)
def test_no_span_is_wider_than_allowed_or_blank(body: str) -> None:
    for span in split_spans(an_article(body=body)):
        assert span.text == span.text.strip() != ""
        assert width(span.text) <= MAX_WIDTH


def test_heading_paths_follow_the_levels() -> None:
    paths = [span.headings for span in split_spans(an_article(body=GUIDE))]
    assert paths == [(), ("Windows",), ("Windows", "Old versions"), ("苹果电脑",)]


def test_a_list_stays_with_the_line_that_introduces_it() -> None:
    spans = split_spans(an_article(body=GUIDE))
    assert spans[1].text.startswith("Do this:")
    assert spans[1].text.endswith("`lantern`.")


def test_a_hash_inside_a_code_fence_is_no_heading() -> None:
    spans = split_spans(an_article(body="Run:\n\n```\n# not a heading\n\nlantern --repair\n```\n"))
    assert [span.headings for span in spans] == [()]
    assert "lantern --repair" in spans[0].text


@pytest.mark.parametrize("sentence", ["This sentence is one of very many. ", "这是许多句子中的一句。"])
def test_a_long_paragraph_is_cut_between_sentences(sentence: str) -> None:
    spans = split_spans(an_article(body=sentence * 40))
    assert len(spans) > 1
    assert all(span.text.endswith(sentence.strip()) for span in spans)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_span_names_its_article(language: Language) -> None:
    article = an_article(language=language, version=7)
    span = split_spans(article)[0]
    assert (span.article_id, span.article_version, span.title) == (article.id, 7, article.title)
    assert span.language == language
