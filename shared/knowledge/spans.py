"""Splits an article into quotable spans: whole paragraphs and lists, each with its exact place in the body."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from shared.knowledge.models import Article, Span

MIN_WIDTH = 80
MAX_WIDTH = 500
"""Columns; a Chinese character takes two, as it says about as much as two to three Latin letters."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t\r]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BREAK = re.compile(r"\n|[。！？；]|[.!?;](?=\s)")


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    headings: tuple[str, ...]
    section: int
    """Counts headings, so that blocks under two headings of one name stay apart."""


def split_spans(article: Article) -> list[Span]:
    """The spans in order of appearance; together they hold every character but headings and outer white space."""
    body = article.body
    blocks = [piece for block in _merged(body, _blocks(body)) for piece in _pieces(body, block)]
    spans: list[Span] = []
    seen_chars = seen_bytes = 0
    for block in blocks:
        seen_bytes += len(body[seen_chars : block.start].encode())
        start = seen_bytes
        text = body[block.start : block.end]
        seen_bytes += len(text.encode())
        seen_chars = block.end
        digest = hashlib.sha256(text.encode()).hexdigest()
        spans.append(
            Span(
                article_id=article.id,
                article_version=article.version,
                title=article.title,
                language=article.language,
                headings=block.headings,
                start=start,
                end=seen_bytes,
                text=text,
                hash=digest,
            )
        )
    return spans


def _blocks(body: str) -> Iterator[_Block]:
    path: list[tuple[int, str]] = []
    section, start, fence = 0, -1, ""
    for line in _LINE.finditer(body):
        text = line.group()
        heading = None if fence else _HEADING.match(text.rstrip("\n"))
        ends_here = bool(heading) or (not fence and not text.strip())
        if ends_here and start >= 0:
            yield _Block(start, line.start(), tuple(title for _, title in path), section)
            start = -1
        if heading:
            level = len(heading.group(1))
            path = [step for step in path if step[0] < level] + [(level, (heading.group(2) or "").strip())]
            section += 1
        elif not ends_here:
            start = line.start() if start < 0 else start
            fence = _fence_after(fence, text)
    if start >= 0:
        yield _Block(start, len(body), tuple(title for _, title in path), section)


def _fence_after(fence: str, line: str) -> str:
    mark = _FENCE.match(line)
    if not mark:
        return fence
    if not fence:
        return mark.group(1)
    return "" if mark.group(1).startswith(fence) else fence


def _merged(body: str, blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Joins a short block, or one that ends in a colon, with the next one of its section."""
    held: _Block | None = None
    for block in blocks:
        if held is None:
            held = block
            continue
        first, second = body[held.start : held.end], body[block.start : block.end]
        wanted = min(width(first), width(second)) < MIN_WIDTH or first.rstrip().endswith((":", "："))
        if wanted and held.section == block.section and width(body[held.start : block.end]) <= MAX_WIDTH:
            held = _Block(held.start, block.end, held.headings, held.section)
        else:
            yield held
            held = block
    if held is not None:
        yield held


def _pieces(body: str, block: _Block) -> Iterator[_Block]:
    """Cuts a block that is too wide at the last line or sentence end that fits, anywhere when there is none."""
    start = block.start
    while start < block.end:
        end = _cut(body, start, block.end)
        text = body[start:end]
        left = start + len(text) - len(text.lstrip())
        right = end - len(text) + len(text.rstrip())
        if left < right:
            yield _Block(left, right, block.headings, block.section)
        start = end


def _cut(body: str, start: int, end: int) -> int:
    if width(body[start:end].strip()) <= MAX_WIDTH:
        return end
    best = edge = start
    columns = 0
    while edge < end and columns + width(body[edge]) <= MAX_WIDTH:
        columns += width(body[edge])
        edge += 1
        if _BREAK.match(body, edge - 1):
            best = edge
    return best if best > start else edge


def width(text: str) -> int:
    """Columns the text takes, two for a character of the East Asian blocks."""
    return len(text) + sum(1 for character in text if "\u2e80" <= character <= "\uffee")
