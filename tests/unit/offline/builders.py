"""Small articles, hits and questions for the tests of the built-in engine."""

from shared.adapters.memory.articles import MemoryArticles
from shared.adapters.offline.retriever import OfflineRetriever
from shared.assistant.models import Hit, Question
from shared.kernel.texts import Language
from shared.knowledge.models import Article
from shared.knowledge.spans import split_spans
from tests.contract.articles_contract import an_article
from tests.encoding import encoder

REFUNDS_EN = an_article(slug="refunds", title="Refund policy", body="We refund within 30 days of delivery.\n")
REFUNDS_ZH = an_article(
    slug="refunds", language="zh", title="退款政策", body="签收后三十天内可以申请退款，款项按原支付方式退回。\n"
)
INVOICES_EN = an_article(slug="invoices", title="Invoices", body="Download invoices in the billing section.\n")
PASSWORD_ZH = an_article(
    slug="password", language="zh", title="重置密码", body="在登录页点击“忘记密码”，按邮件里的链接设置新密码。\n"
)


def a_retriever(*articles: Article) -> OfflineRetriever:
    """A retriever over these articles."""
    return OfflineRetriever(MemoryArticles(list(articles)), embedder=encoder())


def a_hit(article: Article = REFUNDS_EN, score: float = 0.9) -> Hit:
    """The article's first span, found with that probability."""
    return Hit(split_spans(article)[0], score)


def a_question(text: str = "Can I get a refund?", language: Language = "en", **fields: object) -> Question:
    """A question without history."""
    return Question(text=text, language=language, **fields)  # type: ignore[arg-type]
