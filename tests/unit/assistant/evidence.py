"""Builders of questions, spans and drafts, with overrides by keyword."""

import hashlib
from typing import Any

from shared.assistant.models import Citation, Draft, Hit, Part, Question
from shared.assistant.quotes import find_quote
from shared.knowledge.models import Span

REFUNDS = "Refunds are paid within 5 working days to the card you used. Opened software cannot be returned."
RETURNS_ZH = "自签收之日起7天内可以申请退货，退款将在5个工作日内原路退回。已拆封的软件不支持退货。"


def a_hit(text: str = REFUNDS, **changes: Any) -> Hit:
    """A retrieved span that starts at byte 100 of its article."""
    fields: dict[str, Any] = {
        "article_id": "art_1",
        "article_version": 3,
        "title": "Refunds",
        "language": "en",
        "headings": (),
        "start": 100,
        "end": 100 + len(text.encode()),
        "text": text,
        "hash": hashlib.sha256(text.encode()).hexdigest(),
    }
    return Hit(Span(**(fields | changes)), 0.9)


def a_chinese_hit(text: str = RETURNS_ZH) -> Hit:
    """A span of a Chinese article."""
    return a_hit(text, article_id="art_2", title="退货与退款", language="zh")


def a_question(text: str = "When will I get my money back?", **changes: Any) -> Question:
    """An English question without history."""
    fields: dict[str, Any] = {"text": text, "language": "en"}
    return Question(**(fields | changes))


def a_quote(hit: Hit, quote: str) -> Citation:
    """A citation that holds."""
    citation = find_quote(hit.span, quote)
    assert citation is not None
    return citation


def a_draft(*parts: Part, **changes: Any) -> Draft:
    """A sure answer."""
    fields: dict[str, Any] = {
        "decision": "answer",
        "parts": parts,
        "confidence": 0.9,
        "reason": "answered",
        "engine": "scripted/model",
    }
    return Draft(**(fields | changes))
