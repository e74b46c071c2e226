"""The assistant and its engines."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.answer_ports import AnswerCommits
from shared.assistant.chat import Chat
from shared.assistant.fallback import FallbackClassifier, FallbackCopilot, FallbackDrafter, Relay
from shared.assistant.look_ups import CustomerTools
from shared.assistant.ports import Classifier, Copilot, Drafter, LanguageModel, Toolbox
from shared.assistant.recording import (
    Conditions,
    Recording,
    RecordingModel,
    RecordingRetriever,
    ReplayedClassifier,
    ReplayedModel,
    ReplayedRetriever,
)
from shared.assistant.rejudging import Rejudging, ThinkerOver
from shared.assistant.replaying import Replaying, ThinkerAgain
from shared.assistant.retesting import Retesting
from shared.assistant.spending import BudgetedModel, Spending
from shared.assistant.thinking import Thinker
from shared.assistant.tool_records import RecordingTools, ReplayedTools
from shared.assistant.turns import Turns
from shared.bootstrap.platform import endpoint, table
from shared.bootstrap.receipts import daily_budget, prices
from shared.bootstrap.registry import Wired, provides
from shared.config import ModelSettings, TurnSettings, location, optional_location, read
from shared.knowledge.models import Article
from shared.sealing.receipts import SealedAnswerCommits
from shared.topology import grants

if TYPE_CHECKING:
    from shared.adapters.openai.settings import OpenAISettings


@provides()
def offline_classifier(wired: Wired) -> Classifier:
    """Labels without a model."""
    from shared.adapters.offline.classifier import OfflineClassifier

    return OfflineClassifier()


@provides(*grants.MODEL_CALL)
def model_settings(wired: Wired) -> "OpenAISettings | None":
    """How to call the model, None without a key: AI_API_KEY, or the secret `ai_api_key`."""
    settings = read(ModelSettings)
    key = settings.ai_api_key or _stored_key()
    if not key:
        return None
    from shared.adapters.openai.settings import OpenAISettings

    options = {"base_url": settings.ai_base_url} if settings.ai_base_url else {}
    return OpenAISettings(
        key,
        settings.ai_model,
        timeout=settings.ai_timeout,
        first_word=settings.ai_first_word_timeout,
        send_temperature=settings.ai_send_temperature,
        reasoning_effort=settings.ai_reasoning_effort,
        **options,
    )


def _stored_key() -> str | None:
    secret = optional_location("secret", "ai_api_key")
    if secret is None:
        return None
    from shared.adapters.secretsmanager.secrets import BotoSecrets

    return BotoSecrets(endpoint()).read(secret)


@provides(*grants.read("insights"), *grants.write("insights"), uses=("transport",))
def spending(wired: Wired) -> Spending:
    """Counters of tokens."""
    from shared.adapters.dynamodb.spending import DynamoSpending

    return table(DynamoSpending, wired, "insights")


@provides(uses=("model_settings", "spending", "ids", "clock", "monotonic"))
def language_model(wired: Wired) -> LanguageModel | None:
    """The model, None without a key."""
    settings = wired.resolve("model_settings")
    if settings is None:
        return None
    from shared.adapters.openai.breaker import CircuitBreaker
    from shared.adapters.openai.model import OpenAIModel

    now, clock = wired.resolve("monotonic"), wired.resolve("clock")
    model = OpenAIModel(settings, wired.resolve("ids"), clock.sleep, CircuitBreaker(now), now)
    return BudgetedModel(model, wired.resolve("spending"), daily_budget(), prices(), clock)


@provides(uses=("ticket_queries", "user_reader"))
def toolbox(wired: Wired) -> Toolbox:
    """What a model may look up."""
    return RecordingTools(CustomerTools(wired.resolve("ticket_queries"), wired.resolve("user_reader")))


@provides(uses=("language_model", "offline_classifier", "monotonic", "toolbox"))
def drafter(wired: Wired) -> Drafter:
    """The model's drafts with the offline engine standing in, or the offline engine's."""
    from shared.adapters.offline.drafter import OfflineDrafter

    offline = OfflineDrafter(classifier=wired.resolve("offline_classifier"))
    model = wired.resolve("language_model")
    if model is None:
        return offline
    return _with_model(RecordingModel(model), offline, wired.resolve("monotonic"), wired.resolve("toolbox"))


def _with_model(model: LanguageModel, offline: Drafter, now: Callable[[], float], toolbox: Toolbox) -> Drafter:
    from shared.adapters.offline.drafter import ASK_FROM
    from shared.assistant.gated import GatedDrafter
    from shared.assistant.model_drafter import ModelDrafter

    return GatedDrafter(
        FallbackDrafter(ModelDrafter(model, toolbox, now), offline, Relay(now)), offline, ASK_FROM, tools=True
    )


@provides(uses=("language_model", "offline_classifier", "monotonic"))
def copilot(wired: Wired) -> Copilot:
    """Help for agents."""
    from shared.adapters.offline.copilot import OfflineCopilot

    offline = OfflineCopilot(wired.resolve("offline_classifier"))
    model = wired.resolve("language_model")
    if model is None:
        return offline
    from shared.assistant.model_copilot import ModelCopilot

    return FallbackCopilot(ModelCopilot(model, offline), offline, Relay(wired.resolve("monotonic")))


@provides(uses=("language_model", "offline_classifier", "cache"))
def untaught_classifier(wired: Wired) -> Classifier:
    """Labels by the model where there is one, remembered in the cache."""
    offline: Classifier = wired.resolve("offline_classifier")
    model = wired.resolve("language_model")
    if model is None:
        return offline
    from shared.adapters.offline.labels import CATEGORIES, INTENTS
    from shared.adapters.openai.classifier import ModelClassifier
    from shared.assistant.remembering import RememberingClassifier

    labelled = ModelClassifier(model, offline, {"intent": INTENTS, "category": CATEGORIES})
    remembering = RememberingClassifier(labelled, wired.resolve("cache"), model.name)
    return FallbackClassifier(remembering, offline)


def _taught(rest: Classifier, wired: Wired) -> Classifier:
    from shared.assistant.taught import TaughtClassifier

    return TaughtClassifier(rest, *map(wired.resolve, ("intent_reader", "learn_intents", "monotonic")))


@provides(uses=("untaught_classifier", "intent_reader", "learn_intents", "monotonic"))
def classifier(wired: Wired) -> Classifier:
    """Labels, the team's taught intents first."""
    return _taught(wired.resolve("untaught_classifier"), wired)


@provides(uses=("offline_classifier", "intent_reader", "learn_intents", "monotonic"))
def turn_classifier(wired: Wired) -> Classifier:
    """Labels that cost no tokens, the team's taught intents first."""
    return _taught(wired.resolve("offline_classifier"), wired)


@provides(uses=("turn_classifier", "retriever", "drafter", "language_model", "monotonic"))
def thinker(wired: Wired) -> Thinker:
    """From a question to a decided draft. Labels come from the offline engine: they cost no tokens."""
    from shared.adapters.offline.drafter import ANSWER_FROM, ASK_FROM
    from shared.assistant.decide import Thresholds

    model = wired.resolve("language_model")
    conditions = Conditions(
        {"offline": Thresholds(answer=ANSWER_FROM, ask=ASK_FROM)},
        read(ModelSettings).link_hosts,
        model.name if model else "",
    )
    retriever = RecordingRetriever(wired.resolve("retriever"))
    return Thinker(
        wired.resolve("turn_classifier"), retriever, wired.resolve("drafter"), wired.resolve("monotonic"), conditions
    )


@provides(uses=("offline_classifier", "monotonic"))
def thinker_again(wired: Wired) -> ThinkerAgain:
    """A thinker that is told by the world what another was told; it needs neither articles nor a model."""
    from shared.adapters.offline.drafter import OfflineDrafter

    classifier, now = wired.resolve("offline_classifier"), wired.resolve("monotonic")

    def made(run: Recording) -> Thinker:
        offline = OfflineDrafter(classifier=classifier)
        drafter = _with_model(ReplayedModel(run), offline, now, ReplayedTools(run)) if run.conditions.model else offline
        told = ReplayedClassifier(classifier, run)
        return Thinker(told, ReplayedRetriever(run), drafter, now, run.conditions)

    return made


@provides(uses=("receipt_reader", "ticket_reader", "thinker_again"))
def replaying(wired: Wired) -> Replaying:
    """Makes answers again."""
    return Replaying(*map(wired.resolve, ("receipt_reader", "ticket_reader", "thinker_again")))


@provides(uses=("offline_classifier", "retriever", "articles_retriever", "monotonic"))
def thinker_over(wired: Wired) -> ThinkerOver:
    """Thinkers without a model over what is published, or over articles that are given."""
    from shared.adapters.offline.drafter import ANSWER_FROM, ASK_FROM, OfflineDrafter
    from shared.assistant.decide import Thresholds

    classifier, now = wired.resolve("offline_classifier"), wired.resolve("monotonic")
    published, over = wired.resolve("retriever"), wired.resolve("articles_retriever")
    conditions = Conditions({"offline": Thresholds(answer=ANSWER_FROM, ask=ASK_FROM)})

    def made(articles: list[Article] | None) -> Thinker:
        retriever = published if articles is None else over(articles)
        return Thinker(classifier, retriever, OfflineDrafter(classifier=classifier), now, conditions)

    return made


@provides(uses=("receipt_reader", "ticket_reader", "article_reader", "articles", "thinker_over"))
def rejudging(wired: Wired) -> Rejudging:
    """What publishing would do to answers."""
    names = ("receipt_reader", "ticket_reader", "article_reader", "articles", "thinker_over")
    return Rejudging(*map(wired.resolve, names))


@provides(uses=("golden_reader", "article_reader", "articles", "thinker_over"))
def retesting(wired: Wired) -> Retesting:
    """What publishing would do to test questions."""
    return Retesting(*map(wired.resolve, ("golden_reader", "article_reader", "articles", "thinker_over")))


@provides(*grants.write("answers"), uses=("ticket_row_store",))
def answer_row_commits(wired: Wired) -> AnswerCommits:
    """The transaction of a turn, its words sealed."""
    from shared.adapters.dynamodb.answers import DynamoAnswerCommits

    return DynamoAnswerCommits(wired.resolve("ticket_row_store"), location("table", "answers"))


@provides(uses=("answer_row_commits", "sealer"))
def answer_commits(wired: Wired) -> AnswerCommits:
    """The transaction of a turn."""
    return SealedAnswerCommits(wired.resolve("answer_row_commits"), wired.resolve("sealer"))


@provides(uses=("committer", "answer_commits", "receipts", "thinker", "drafts"))
def turns(wired: Wired) -> Turns:
    """Runs turns."""
    names = ("committer", "answer_commits", "receipts", "thinker", "drafts")
    return Turns(*[*map(wired.resolve, names), read(TurnSettings).turn_deadline_seconds])


@provides(uses=("messages", "turns", "thinker", "receipts", "clock", "ids"))
def chat(wired: Wired) -> Chat:
    """Talking to the assistant."""
    names = ("messages", "turns", "thinker", "receipts", "clock", "ids")
    return Chat(*[*map(wired.resolve, names), read(TurnSettings).turn_deadline_seconds])


@provides(uses=("classifier", "copilot"))
def analyst(wired: Wired) -> Analyst:
    """Labels texts."""
    deadline = read(TurnSettings).turn_deadline_seconds
    return Analyst(wired.resolve("classifier"), wired.resolve("copilot"), deadline)


@provides(uses=("ticket_reader", "retriever", "copilot", "thinker"))
def advisor(wired: Wired) -> Advisor:
    """Suggestions for agents."""
    names = ("ticket_reader", "retriever", "copilot", "thinker")
    return Advisor(*[*map(wired.resolve, names), read(TurnSettings).turn_deadline_seconds])
