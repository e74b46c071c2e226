"""The golden set is what it says: large, balanced, without twins by accident and without anybody's data."""

import json
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from local.demo.read_articles import read_articles
from shared.adapters.offline.labels import INTENTS
from shared.knowledge.spans import split_spans

HERE = Path(__file__).parent
COMPANY = HERE / "company"
GOLDEN = HERE / "golden"
SPLITS = ("dev", "held_out")
ANSWERABLE = {"plain", "paraphrase", "typo", "colloquial", "code_switch", "traditional", "cross_language"}
UNANSWERABLE = {"near_miss", "off_topic", "account"}
SLICES = {"plain", "negation", "sarcasm", "emoji", "code_switch", "neutral_question"}
FIELDS = {"id", "language", "question", "slug", "split", "kind", "also"}
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+?\d[\d -]{6,}\d")
SITE = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org|io|hk|tw|eu)\b")

Row = dict[str, Any]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """One object a line, and nothing between the lines."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def languages_by_slug() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for article in read_articles(COMPANY):
        found.setdefault(article.slug, set()).add(article.language)
    return found


def questions(language: str) -> list[Row]:
    return [row for row in rows("questions.jsonl") if row["language"] == language]


def plain_letters(text: str) -> str:
    """The text without case, width, white space and punctuation; emoji count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] not in "PZC")


def halves(of: list[Row]) -> tuple[int, int]:
    counted = Counter(row["split"] for row in of)
    return counted["dev"], counted["held_out"]


def test_the_help_centre_is_that_of_a_company_of_some_size() -> None:
    tongues = languages_by_slug()
    assert len(tongues) >= 64
    assert sum(found == {"zh", "en"} for found in tongues.values()) > len(tongues) / 2
    assert sum(found == {"zh"} for found in tongues.values()) >= 8
    assert sum(found == {"en"} for found in tongues.values()) >= 8


def test_every_file_is_listed_once_and_has_the_size_of_a_help_article() -> None:
    listed = [row["slug"] for row in json.loads((COMPANY / "index.json").read_text(encoding="utf-8"))]
    assert len(listed) == len(set(listed))
    assert {path.name.split(".")[0] for path in COMPANY.glob("*.md")} == set(listed)
    for article in read_articles(COMPANY):
        size = len(article.body.split()) if article.language == "en" else len("".join(article.body.split()))
        low, high = (140, 400) if article.language == "en" else (240, 700)
        assert low <= size <= high, (article.slug, article.language, size)
        assert len(split_spans(article)) >= 3


def test_each_question_has_the_fields_of_the_format() -> None:
    for row in rows("questions.jsonl"):
        assert row.keys() - {"pair"} == FIELDS
        assert ("pair" in row) == (row["kind"] == "traditional"), row["id"]
        assert row["language"] in ("zh", "en")
        assert row["split"] in SPLITS
        assert row["kind"] in ANSWERABLE | UNANSWERABLE
        assert row["question"] == row["question"].strip() != ""


@pytest.mark.parametrize("name", ["questions.jsonl", "messages.jsonl"])
def test_no_id_and_no_text_stands_twice(name: str) -> None:
    texts = [plain_letters(row.get("question") or row["text"]) for row in rows(name)]
    assert [text for text, times in Counter(texts).items() if times > 1 or not text] == []
    assert len({row["id"] for row in rows(name)}) == len(rows(name))


def test_a_question_names_an_article_exactly_when_one_answers_it() -> None:
    for row in rows("questions.jsonl"):
        answered = row["slug"] is not None
        assert {row["slug"], *row["also"]} - {None} <= languages_by_slug().keys(), row["id"]
        assert row["slug"] not in row["also"]
        if row["kind"] != "traditional":
            assert answered == (row["kind"] in ANSWERABLE), row["id"]
        if answered:
            assert (row["language"] not in languages_by_slug()[row["slug"]]) == (row["kind"] == "cross_language")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quarter_cannot_be_answered(language: str) -> None:
    asked = questions(language)
    assert sum(row["slug"] is None for row in asked) / len(asked) >= 0.25
    same = [row for row in asked if row["kind"] not in ("cross_language", "traditional")]
    assert len(same) >= 150
    assert sum(row["slug"] is None for row in same) / len(same) >= 0.25


def test_there_are_enough_of_all_and_of_the_rare_kinds() -> None:
    kinds = Counter((row["language"], row["kind"]) for row in rows("questions.jsonl"))
    assert kinds.total() >= 600
    for language in ("zh", "en"):
        assert kinds[language, "cross_language"] >= 25
        assert kinds[language, "near_miss"] >= 40
        assert kinds[language, "account"] >= 10
        assert kinds[language, "off_topic"] >= 8
        assert kinds[language, "typo"] >= 12
        assert kinds[language, "colloquial"] >= 40
        assert kinds[language, "paraphrase"] >= 40
        assert kinds[language, "code_switch"] >= 8
    assert kinds["zh", "traditional"] >= 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_halves_are_alike_in_every_kind(language: str) -> None:
    for kind in sorted(ANSWERABLE | UNANSWERABLE):
        dev, held_out = halves([row for row in questions(language) if row["kind"] == kind])
        assert abs(dev - held_out) <= 2, kind


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_article_is_asked_for_in_both_halves(language: str) -> None:
    for slug in languages_by_slug():
        assert min(halves([row for row in questions(language) if row["slug"] == slug])) >= 1, slug


def test_the_table_of_the_guide_counts_right() -> None:
    guide = (GOLDEN / "README.md").read_text(encoding="utf-8")
    for kind in ANSWERABLE | UNANSWERABLE:
        own = {tongue: halves([row for row in questions(tongue) if row["kind"] == kind]) for tongue in ("zh", "en")}
        cells = " | ".join(str(count) for count in (*own["zh"], *own["en"]))
        assert re.search(rf"^\| `{kind}` \| .* \| {re.escape(cells)} \|$", guide, re.MULTILINE), kind


def test_a_traditional_question_is_the_twin_of_a_simplified_one() -> None:
    by_id = {row["id"]: row for row in rows("questions.jsonl")}
    for row in rows("questions.jsonl"):
        if row["kind"] == "traditional":
            twin = by_id[row["pair"]]
            assert twin["kind"] != "traditional"
            assert all(row[field] == twin[field] for field in ("language", "slug", "also", "split"))


def test_no_question_is_a_heading_or_title_of_the_article_it_is_for() -> None:
    headings = {
        plain_letters(line.lstrip("# "))
        for path in COMPANY.glob("*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    }
    assert [row["id"] for row in rows("questions.jsonl") if plain_letters(row["question"]) in headings] == []


def test_nothing_looks_like_the_data_of_a_person() -> None:
    files = [*COMPANY.glob("*.md"), *GOLDEN.iterdir()]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert [found for found in E_MAIL.findall(text) if not found.endswith("@example.com")] == [], path.name
        assert [found for found in PHONE.findall(text) if "555" not in found] == [], path.name
        assert [found for found in SITE.findall(text) if not found.endswith("example.com")] == [], path.name


def test_the_messages_have_the_labels_of_the_engine() -> None:
    for row in rows("messages.jsonl"):
        assert row.keys() == {"id", "language", "text", "sentiment", "intent", "slice", "split"}
        assert row["language"] in ("zh", "en")
        assert row["split"] in SPLITS
        assert row["sentiment"] in ("positive", "neutral", "negative")
        assert row["intent"] in INTENTS
        assert row["slice"] in SLICES


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_messages_are_many_and_balanced(language: str) -> None:
    own = [row for row in rows("messages.jsonl") if row["language"] == language]
    assert len(own) >= 120
    assert {row["intent"] for row in own} == set(INTENTS)
    assert min(Counter(row["sentiment"] for row in own).values()) >= len(own) / 4
    for field, slack in (("slice", 4), ("sentiment", 4), ("intent", 2)):
        for value in {row[field] for row in own}:
            dev, held_out = halves([row for row in own if row[field] == value])
            assert abs(dev - held_out) <= slack, value
    assert min(Counter(row["slice"] for row in own).values()) >= 12
