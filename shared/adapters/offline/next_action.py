"""What an agent might do next, by rules over intent, feeling and who spoke last."""

from shared.adapters.offline.replies import NEXT_ACTIONS
from shared.assistant.models import Hit, Question, Suggestion, Utterance
from shared.assistant.ports import Classifier

ARTICLE_FROM = 0.5
_BY_INTENT = {
    "ask_person": [("take_over", 0.9)],
    "complaint": [("apologise", 0.8)],
    "refund": [("check_refund", 0.7)],
    "billing": [("check_payment", 0.6)],
    "order_status": [("check_order", 0.7)],
    "shipping": [("check_order", 0.5)],
    "account_access": [("verify_identity", 0.7)],
    "cancel": [("confirm_cancel", 0.7)],
    "technical_issue": [("ask_details", 0.6)],
    "feedback": [("pass_on", 0.6)],
    "thanks": [("resolve", 0.8)],
}
_NEEDS_ORDER = ("refund", "order_status", "shipping")


def next_actions(
    question: Question, conversation: list[Utterance], evidence: list[Hit], classifier: Classifier
) -> list[Suggestion]:
    """Best first. The confidences rank the rules; nothing measured stands behind their size."""
    language = question.language
    if conversation and conversation[-1].speaker != "customer":
        return [Suggestion(NEXT_ACTIONS["wait"][language], 0.7)]
    intent = (question.intent or classifier.classify("intent", question.text)).label
    feeling = question.sentiment or classifier.classify("sentiment", question.text)
    chosen = dict(_BY_INTENT.get(intent, []))
    if feeling.label == "negative" and feeling.confidence >= 0.6:
        chosen["apologise"] = 0.85
    if intent in _NEEDS_ORDER and not _order_known(question, conversation, classifier):
        chosen["ask_order_number"] = 0.75
    found = [Suggestion(NEXT_ACTIONS[key][language], confidence) for key, confidence in chosen.items()]
    best = max(evidence, key=lambda hit: hit.score, default=None)
    if best and best.score >= ARTICLE_FROM:
        found.append(Suggestion(NEXT_ACTIONS["send_article"][language].format(title=best.span.title), best.score))
    found = found or [Suggestion(NEXT_ACTIONS["answer"][language], 0.4)]
    return sorted(found, key=lambda suggestion: -suggestion.confidence)


def _order_known(question: Question, conversation: list[Utterance], classifier: Classifier) -> bool:
    texts = [question.subject, question.text, *(word.text for word in conversation if word.speaker == "customer")]
    return any(entity.type == "order_number" for text in texts for entity in classifier.entities(text))
