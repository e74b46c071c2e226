"""The assistant and its engines."""

from typing import TYPE_CHECKING

from shared.assistant.advice import Advisor, Analyst
from shared.assistant.answer_ports import AnswerCommits, ReceiptReader, Receipts
from shared.assistant.chat import Answers, Chat
from shared.assistant.fallback import FallbackClassifier, FallbackCopilot, FallbackDrafter, Relay
from shared.assistant.ports import Classifier, Copilot, Drafter, LanguageModel
from shared.assistant.thinking import Thinker
from shared.assistant.turns import Turns
from shared.bootstrap.platform import endpoint, table
from shared.bootstrap.registry import Wired, provides
from shared.config import ModelSettings, TurnSettings, location, optional_location, read
from shared.sealing.receipts import OpenedReceipts, SealedAnswerCommits, SealedReceipts
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


@provides(uses=("model_settings", "ids", "clock", "monotonic"))
def language_model(wired: Wired) -> LanguageModel | None:
    """The model, None without a key."""
    settings = wired.resolve("model_settings")
    if settings is None:
        return None
    from shared.adapters.openai.breaker import CircuitBreaker
    from shared.adapters.openai.model import OpenAIModel

    now = wired.resolve("monotonic")
    return OpenAIModel(settings, wired.resolve("ids"), wired.resolve("clock").sleep, CircuitBreaker(now), now)


@provides(uses=("language_model", "offline_classifier", "monotonic"))
def drafter(wired: Wired) -> Drafter:
    """The model's drafts with the offline engine standing in, or the offline engine's."""
    from shared.adapters.offline.drafter import OfflineDrafter

    offline = OfflineDrafter(classifier=wired.resolve("offline_classifier"))
    model = wired.resolve("language_model")
    if model is None:
        return offline
    from shared.adapters.offline.drafter import ASK_FROM
    from shared.assistant.gated import GatedDrafter
    from shared.assistant.model_drafter import ModelDrafter

    relay = Relay(wired.resolve("monotonic"))
    return GatedDrafter(FallbackDrafter(ModelDrafter(model), offline, relay), offline, ASK_FROM)


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
def classifier(wired: Wired) -> Classifier:
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


@provides(uses=("offline_classifier", "retriever", "drafter", "monotonic"))
def thinker(wired: Wired) -> Thinker:
    """From a question to a decided draft. Labels come from the offline engine: they cost no tokens."""
    from shared.adapters.offline.drafter import ANSWER_FROM, ASK_FROM
    from shared.assistant.decide import Thresholds

    return Thinker(
        wired.resolve("offline_classifier"),
        wired.resolve("retriever"),
        wired.resolve("drafter"),
        wired.resolve("monotonic"),
        thresholds={"offline": Thresholds(answer=ANSWER_FROM, ask=ASK_FROM)},
        allowed_hosts=read(ModelSettings).link_hosts,
    )


@provides(*grants.read("answers"), *grants.write("answers"), uses=("transport",))
def receipt_row_store(wired: Wired) -> Receipts:
    """Receipts to read and write, their words sealed."""
    from shared.adapters.dynamodb.answers import DynamoReceipts

    return table(DynamoReceipts, wired, "answers")


@provides(*grants.read("answers"), uses=("transport",))
def receipt_rows(wired: Wired) -> ReceiptReader:
    """Receipts to read, their words sealed."""
    from shared.adapters.dynamodb.answers import DynamoReceipts

    return table(DynamoReceipts, wired, "answers")


@provides(uses=("receipt_row_store", "sealer"))
def receipts(wired: Wired) -> Receipts:
    """Receipts to read and write."""
    return SealedReceipts(wired.resolve("receipt_row_store"), wired.resolve("sealer"))


@provides(uses=("receipt_rows", "opener"))
def receipt_reader(wired: Wired) -> ReceiptReader:
    """Receipts to read."""
    return OpenedReceipts(wired.resolve("receipt_rows"), wired.resolve("opener"))


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


@provides(uses=("receipt_reader",))
def answers(wired: Wired) -> Answers:
    """Shows receipts."""
    return Answers(wired.resolve("receipt_reader"))


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
