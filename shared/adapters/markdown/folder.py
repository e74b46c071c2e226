"""A folder of Markdown files as fields of articles; what a file does not say, its name and its folder say."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from shared.adapters.markdown.errors import FileRefused
from shared.adapters.markdown.front_matter import split_front

MAX_BYTES = 256 * 1024
"""Bytes of a file."""
MAX_FILES = 10_000

_TAG = re.compile(r"^([a-z]{2})(?:[-_][a-z0-9]+)*$", re.IGNORECASE)
_TITLE = re.compile(r"\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)")


def markdown_files(folder: Path) -> list[Path]:
    """Every `*.md` below the folder in a stable order, without those in hidden folders; FileRefused when too many."""
    found = [
        path
        for path in sorted(folder.rglob("*.md"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if len(found) > MAX_FILES:
        raise FileRefused(reason=f"more than {MAX_FILES} files in one import")
    return found


def article_fields(path: Path, folder: Path) -> dict[str, Any]:
    """`slug`, `language`, `title`, `category` and `body` as far as they are known; FileRefused.

    The language may be missing where neither the file nor its place tells it.
    """
    front, text = split_front(_text(path))
    title, body = _title(front.get("title"), text)
    if title is None:
        raise FileRefused(reason="it has no title: begin with a `# heading`, or name it in the front matter")
    places = list(_places(path, folder))
    stem, ending = _stem(path)
    language = _language(front.get("language")) or ending or next(filter(None, map(_language, reversed(places))), None)
    folders = [place for place in places if _language(place) is None]
    name = folders[-1] if stem.lower() == "index" and folders else stem
    slug = front.get("slug") or _slug(name, 80)
    if not slug:
        raise FileRefused(reason="its name makes no slug: name one in the front matter, in Latin letters")
    category = front.get("category") or (_slug(folders[-1], 40) if folders else "") or "general"
    fields = {"slug": slug, "language": language, "title": title, "category": category, "body": body}
    return {name: value for name, value in fields.items() if value is not None}


def _text(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        raise FileRefused(reason="it is a link or no plain file")
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileRefused(reason="it cannot be read") from error
    if len(raw) > MAX_BYTES:
        raise FileRefused(reason=f"it is larger than {MAX_BYTES // 1024} KB")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise FileRefused(reason="it is not UTF-8") from error


def _title(named: Any, text: str) -> tuple[Any, str]:
    """The title and the body; a heading that only says the title again is not kept twice."""
    heading = _TITLE.match(text)
    if heading and named in (None, heading.group(1)):
        return heading.group(1), text[heading.end() :].lstrip("\n")
    return named, text


def _places(path: Path, folder: Path) -> Iterator[str]:
    yield from path.relative_to(folder).parent.parts


def _stem(path: Path) -> tuple[str, str | None]:
    """The file's name without endings, and the language of `name.zh.md`."""
    stem, _, ending = path.stem.rpartition(".")
    language = _language(ending)
    return (stem, language) if stem and language else (path.stem, None)


def _language(tag: Any) -> str | None:
    """zh or en of a language tag (`zh-CN`, `en_GB`); None of anything else."""
    found = _TAG.match(tag) if isinstance(tag, str) else None
    language = found.group(1).lower() if found else None
    return language if language in ("zh", "en") else None


def _slug(name: str, most: int) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:most].rstrip("-")


__all__ = ["MAX_BYTES", "MAX_FILES", "article_fields", "markdown_files"]
