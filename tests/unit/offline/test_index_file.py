"""An index in a mapped file answers as the one it was made from, to the last digit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local.demo.read_articles import read_articles
from shared.adapters.offline.index import SpanIndex
from shared.adapters.offline.index_file import MAGIC, NoIndexFile, index_bytes, map_index
from shared.adapters.offline.parts import build_parts
from tests.contract.articles_contract import an_article
from tests.evaluation.golden import golden

BUILT = build_parts(read_articles())


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> SpanIndex:
    path = tmp_path_factory.mktemp("index") / "demo"
    path.write_bytes(index_bytes(BUILT))
    return SpanIndex(map_index(path))


def test_every_golden_question_finds_the_same(mapped: SpanIndex) -> None:
    built = SpanIndex(BUILT)
    for question in golden():
        for language in ("zh", "en"):
            assert mapped.search(question.question, language, 8) == built.search(question.question, language, 8)


def test_the_same_articles_make_the_same_bytes() -> None:
    assert index_bytes(build_parts(read_articles())) == index_bytes(BUILT)


bodies = st.lists(st.text(alphabet=st.sampled_from("ab 退款é😀.#\n"), min_size=1, max_size=80), max_size=6)


@settings(max_examples=60, deadline=None)
@given(bodies=bodies, query=st.text(alphabet=st.sampled_from("ab 退款é😀"), max_size=12))
def test_any_articles_and_any_question_do(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[str], query: str
) -> None:
    articles = [an_article(slug=f"s{at}", title=f"t{at}", body=body) for at, body in enumerate(bodies)]
    path = tmp_path_factory.mktemp("index") / "any"
    parts = build_parts(articles)
    path.write_bytes(index_bytes(parts))
    assert SpanIndex(map_index(path)).search(query, "en", 5) == SpanIndex(parts).search(query, "en", 5)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: b"",
        lambda raw: b"x",
        lambda raw: raw[:-16],
        lambda raw: raw[:100],
        lambda raw: b"SCSIX99\n" + raw[8:],
        lambda raw: MAGIC + (2**62).to_bytes(8, "little") + raw[16:],
        lambda raw: MAGIC + (8).to_bytes(8, "little") + b"{}      ",
        lambda raw: MAGIC + (8).to_bytes(8, "little") + b"[1]     ",
    ],
)
def test_what_is_no_index_is_refused(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "spoilt"
    path.write_bytes(spoil(index_bytes(BUILT)))
    with pytest.raises(NoIndexFile):
        map_index(path)
