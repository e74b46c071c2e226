"""Finds a quote where the model says it stands; what is not there verbatim is no quote."""

from collections.abc import Iterable, Mapping
from typing import Any

from shared.assistant.models import Citation, Hit
from shared.knowledge.models import Span

SHORTEST = 4
"""Characters that are not white space; less than this stands almost anywhere."""


def find_quote(span: Span, quote: str) -> Citation | None:
    """The citation of `quote` within `span`, white space aside, with its byte range in the article; None if absent."""
    places = [place for place, character in enumerate(span.text) if not character.isspace()]
    bare = "".join(span.text[place] for place in places)
    wanted = "".join(quote.split())
    at = bare.find(wanted)
    if len(wanted) < SHORTEST or at < 0:
        return None
    first, last = places[at], places[at + len(wanted) - 1] + 1
    start = span.start + len(span.text[:first].encode())
    exact = span.text[first:last]
    end = start + len(exact.encode())
    return Citation(span.article_id, span.article_version, span.title, exact, start, end, span.hash)


def verified(claims: Iterable[Mapping[str, Any]], evidence: Mapping[str, Hit]) -> tuple[Citation, ...]:
    """The citations among `claims` ({ref, quote}) that hold, each once."""
    found = (find_quote(evidence[claim["ref"]].span, claim["quote"]) for claim in claims if claim["ref"] in evidence)
    return tuple(dict.fromkeys(citation for citation in found if citation is not None))
