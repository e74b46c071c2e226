"""Ranks past tickets by what they share with a question."""

from collections import Counter

from shared.adapters.offline.bm25 import Bm25, BuiltPostings
from shared.adapters.offline.terms import index_tokens, units
from shared.assistant.models import PastTicket, Suggestion

LEAST_SHARE = 0.25
"""Tickets that share less of the question's meaning are not alike."""
SUBJECT_BOOST = 2
MAX_CHARACTERS = 2000
"""A ticket's matter is in its first part."""


def similar_tickets(text: str, past: list[PastTicket], limit: int) -> list[Suggestion]:
    """At most `limit`, the most alike first; confidence is the share of the question's meaning found."""
    asked = {unit.token: unit.weight for unit in units(text[:MAX_CHARACTERS])}
    held = [Counter(index_tokens(ticket.text[:MAX_CHARACTERS])) for ticket in past]
    for counts, ticket in zip(held, past, strict=True):
        for token in index_tokens(ticket.subject):
            counts[token] += SUBJECT_BOOST
    # Rarity counts among these few tickets only, so one is added to keep words all of them share from vanishing.
    ranking = Bm25(BuiltPostings([*held, Counter()]))
    worth = {token: weight * ranking.idf(token) for token, weight in asked.items()}
    total = sum(worth.values()) or 1.0
    scores = ranking.scores(asked)
    found: list[Suggestion] = []
    for number in sorted(range(len(past)), key=lambda number: (-scores[number], number)):
        share = sum(value for token, value in worth.items() if token in held[number]) / total
        if share >= LEAST_SHARE:
            ticket = past[number]
            found.append(Suggestion(ticket.subject, round(share, 4), ticket_id=ticket.ticket_id))
    return found[:limit]
