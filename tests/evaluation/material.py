"""What the ranker learns from: questions to invented companies, and the dev half of the golden set."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.demo.read_articles import WRITTEN, article_id, read_articles
from shared.knowledge.models import Article

HERE = Path(__file__).parent
FOLDER = HERE / "training"


@dataclass(frozen=True, slots=True)
class Company:
    """Articles, and questions as rows of the golden set."""

    articles: list[Article]
    questions: list[dict[str, Any]]


def companies() -> Iterator[Company]:
    """One of each file of the folder: lines with `article`, `language`, `title`, `body`, and lines with `question`."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        yield Company([_article(row) for row in rows if "article" in row], [row for row in rows if "question" in row])


def golden_dev() -> Company:
    """Without Traditional twins, which say the same twice."""
    lines = (HERE / "golden/questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    chosen = [row for row in rows if row["split"] == "dev" and row["kind"] != "traditional"]
    return Company(read_articles(HERE / "company"), chosen)


def _article(row: dict[str, Any]) -> Article:
    slug, language = row["article"], row["language"]
    return Article(article_id(slug, language), slug, language, row["title"], row["body"], "help", 1, WRITTEN)
