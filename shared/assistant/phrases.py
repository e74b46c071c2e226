"""What we say ourselves, in the customer's language, when an engine's words are not to be used."""

from shared.kernel.texts import Language

HAND_OVER: dict[str, dict[Language, str]] = {
    "asked_for_person": {
        "zh": "好的，已将您的问题转给人工客服，同事会在这里回复您。",
        "en": "Of course. A colleague will take over from here and reply to you in this conversation.",
    },
    "upset": {
        "zh": "很抱歉给您带来不好的体验。接下来由人工客服为您跟进，同事会在这里回复您。",
        "en": "I am sorry about this. A colleague will look after it personally and reply to you here.",
    },
    "no_article": {
        "zh": "这个问题我没有找到可靠的资料，为避免误导您，接下来由人工客服为您解答。",
        "en": "I could not find a reliable answer to this, so a colleague will take over and reply to you here.",
    },
    "check_failed": {
        "zh": "我还不能确认这个问题的准确答案，接下来由人工客服核实后回复您。",
        "en": "I cannot confirm the right answer to this, so a colleague will check it and reply to you here.",
    },
    "unclear": {
        "zh": "为了准确解决您的问题，接下来由人工客服为您跟进，同事会在这里回复您。",
        "en": "To get this right for you, a colleague will take over and reply to you here.",
    },
    "model_down": {
        "zh": "智能助手暂时不可用，接下来由人工客服为您跟进，同事会在这里回复您。",
        "en": "The assistant is not available right now. A colleague will take over and reply to you here.",
    },
    "deadline": {
        "zh": "查找答案用时过长，为不耽误您，接下来由人工客服为您跟进。",
        "en": "Finding the answer is taking too long, so a colleague will take over and reply to you here.",
    },
}
ASK: dict[Language, str] = {
    "zh": "能否再具体说明一下您遇到的情况？例如您在做什么操作、看到了什么提示。",
    "en": "Could you tell me a little more? For example, what you were doing and what you saw.",
}


def hand_over_text(reason: str, language: Language) -> str:
    """What the customer reads on a hand-over for `reason`; reasons without words of their own sound like `unclear`."""
    return HAND_OVER.get(reason, HAND_OVER["unclear"])[language]


def ask_text(language: Language) -> str:
    """Asks for more when the engine had no question of its own."""
    return ASK[language]
