"""What would become of answers that were given, if an article were published as its draft stands."""

from collections.abc import Callable
from dataclasses import replace

from shared.assistant.answer_ports import ReceiptReader
from shared.assistant.errors import NotReplayable
from shared.assistant.models import Draft
from shared.assistant.receipts import Receipt
from shared.assistant.rejudgements import Rejudged, Rejudgement, Told, Verdict
from shared.assistant.replaying import asked_of, inputs_of
from shared.assistant.thinking import Thinker
from shared.identities.caller import Caller
from shared.kernel.errors import NotFound
from shared.knowledge.models import Article
from shared.knowledge.ports import ArticleReader, Articles
from shared.knowledge.spans import split_spans
from shared.tickets.ports import TicketReader

DEADLINE = 10.0
"""Seconds for one question; the offline engine takes milliseconds."""
ThinkerOver = Callable[[list[Article] | None], Thinker]
"""A thinker without a model over these articles, or over those that are published."""


class Rejudging:
    """Asks the offline engine again, over what is published and over what would be; nothing is written or said."""

    def __init__(
        self,
        receipts: ReceiptReader,
        tickets: TicketReader,
        reader: ArticleReader,
        articles: Articles,
        thinker: ThinkerOver,
    ) -> None:
        self._receipts = receipts
        self._tickets = tickets
        self._reader = reader
        self._articles = articles
        self._thinker = thinker

    def rejudge(self, article_id: str, limit: int, caller: Caller) -> Rejudgement:
        """The newest `limit` answers that cite the article; NotFound for an unknown article."""
        caller.require("ai.read_all")
        draft = self._reader.newest(article_id)
        ids = self._receipts.citing(article_id, limit + 1)
        receipts = [receipt for each in ids[:limit] if (receipt := self._receipt(each)) is not None]
        kept = {span.hash for span in split_spans(draft.article)} if draft.status != "archived" else set()
        touched = [receipt for receipt in receipts if not _hashes(receipt, article_id) <= kept]
        judged = self._judged(touched, draft.article, draft.status != "archived") if touched else []
        return Rejudgement(
            article_id,
            draft.version,
            len(receipts),
            len(receipts) - len(touched),
            len(touched) - len(judged),
            len(ids) > limit,
            tuple(judged),
        )

    def _receipt(self, answer_id: str) -> Receipt | None:
        try:
            return self._receipts.get(answer_id)
        except NotFound:
            return None

    def _judged(self, receipts: list[Receipt], draft: Article, shown: bool) -> list[Rejudged]:
        others = [article for article in self._articles.published() if article.id != draft.id]
        now = self._thinker(None)
        then = self._thinker([*others, replace(draft, published=True)] if shown else others)
        found = []
        for receipt in receipts:
            try:
                inputs = inputs_of(receipt)
                text, history = asked_of(receipt, inputs, self._tickets)
            except NotReplayable:
                continue
            before, after = (
                told(thinker.think(text, history, inputs.subject, DEADLINE).draft) for thinker in (now, then)
            )
            found.append(Rejudged(receipt.id, receipt.ticket_id, verdict(before, after), before, after))
        return found


def told(draft: Draft) -> Told:
    """The draft in short: the first thing it quotes stands for what it says."""
    confidence = round(draft.confidence, 4)
    if not draft.citations:
        return Told(draft.decision, None, None, confidence)
    first = draft.citations[0]
    return Told(draft.decision, first.article_id, first.quote, confidence)


def verdict(before: Told, after: Told) -> Verdict:
    """`lost` where an answer becomes none, `gained` the other way round."""
    if (before.decision == "answer") != (after.decision == "answer"):
        return "lost" if before.decision == "answer" else "gained"
    same = (before.decision, before.article_id, before.quote) == (after.decision, after.article_id, after.quote)
    return "same" if same else "changed"


def _hashes(receipt: Receipt, article_id: str) -> set[str]:
    return {citation.hash for citation in receipt.citations if citation.article_id == article_id}
