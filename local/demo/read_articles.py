"""Reads the demo help centre from its folder."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from shared.kernel.ids import encode
from shared.kernel.texts import Language
from shared.knowledge.models import Article

FOLDER = Path(__file__).parent / "articles"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def read_articles(folder: Path = FOLDER) -> list[Article]:
    """The articles `index.json` lists, in each language a file exists for, in the index's order."""
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return [
        _article(path, row["slug"], language, row["category"])
        for row in listed
        for language in LANGUAGES
        if (path := folder / f"{row['slug']}.{language}.md").exists()
    ]


def _article(path: Path, slug: str, language: Language, category: str) -> Article:
    title, _, body = path.read_text(encoding="utf-8").partition("\n")
    return Article(
        id=article_id(slug, language),
        slug=slug,
        language=language,
        title=title.removeprefix("# ").strip(),
        body=body.lstrip("\n"),
        category=category,
        version=1,
        updated_at=WRITTEN,
    )


def article_id(slug: str, language: Language) -> str:
    """The same id on every machine, so that a receipt of one demo can be read in another."""
    number = int.from_bytes(hashlib.sha256(f"{slug}.{language}".encode()).digest()[:16], "big")
    return "art_" + encode(number, 26)
