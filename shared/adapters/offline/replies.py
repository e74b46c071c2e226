"""Every sentence the built-in engine says in its own words, in both languages; none of them states a fact."""

from shared.kernel.texts import Language

REPLIES: dict[str, dict[Language, str]] = {
    "greeting": {
        "zh": "您好！很高兴为您服务。请告诉我您遇到的情况，我会尽力帮您解决。",
        "en": "Hello! I am happy to help. Please tell me what it is about.",
    },
    "thanks": {
        "zh": "不客气！如果还有其他问题，随时告诉我。",
        "en": "You are welcome! If there is anything else, just write to me.",
    },
    "intro": {
        "zh": "您好，我们的帮助文章是这样说明的：",
        "en": "Here is what our help article says:",
    },
    "intro_foreign": {
        "zh": "您好，相关的帮助文章目前只有英文版，以下是原文：",
        "en": "The help article about this is only available in Chinese; here is the original text:",
    },
    "clarify": {
        "zh": "为了准确回答，请问您想了解的是下面哪一项？",
        "en": "To give you the right answer: is your question about one of these?",
    },
    "clarify_else": {
        "zh": "如果都不是，请换一种说法再描述一下。",
        "en": "If not, please describe it in other words.",
    },
    "asked_for_person": {
        "zh": "好的，我正在为您转接人工客服，请稍候。",
        "en": "Of course, I am passing this on to a colleague. Please bear with us for a moment.",
    },
    "upset": {
        "zh": "非常抱歉给您带来了不好的体验。我马上请同事亲自为您处理。",
        "en": "I am sorry about this experience. I am asking a colleague to look after it personally.",
    },
    "no_article": {
        "zh": "抱歉，我没有找到能准确回答这个问题的资料，已请同事继续为您处理。",
        "en": "I am sorry, I could not find reliable information about this, so I am passing it on to a colleague.",
    },
    "sorry": {
        "zh": "非常抱歉给您带来不便。",
        "en": "I am sorry for the trouble this has caused.",
    },
    "received": {
        "zh": "您好，感谢您的来信，我们已收到您的问题并正在处理。",
        "en": "Hello, thank you for writing. We have received your question and are looking into it.",
    },
    "need_order_number": {
        "zh": "为了尽快查询，请把订单号发给我们。",
        "en": "So that we can check quickly, could you send us the order number?",
    },
    "need_details": {
        "zh": "请您补充一些细节，例如操作步骤、出现的提示和截图。",
        "en": "Could you add some details, such as the steps, the message you see and a screenshot?",
    },
    "closing": {
        "zh": "如果还有疑问，请直接回复。",
        "en": "If anything is unclear, just reply.",
    },
}

NEXT_ACTIONS: dict[str, dict[Language, str]] = {
    "take_over": {
        "zh": "客户要求人工服务：请认领工单并尽快回复。",
        "en": "The customer wants a person: claim the ticket and reply soon.",
    },
    "apologise": {
        "zh": "客户情绪不满：先致歉，再给出解决时间。",
        "en": "The customer is upset: apologise first, then say by when it is solved.",
    },
    "ask_order_number": {"zh": "向客户索取订单号。", "en": "Ask the customer for the order number."},
    "ask_details": {
        "zh": "向客户索取系统版本、错误提示和截图。",
        "en": "Ask for the version, the error message and a screenshot.",
    },
    "check_refund": {
        "zh": "核对退款条件，再批准或说明理由。",
        "en": "Check the refund conditions, then approve or explain.",
    },
    "check_payment": {"zh": "在支付后台核对这笔交易。", "en": "Check the transaction with the payment provider."},
    "check_order": {
        "zh": "查询订单和物流的最新状态并告知客户。",
        "en": "Look up the order and its delivery, and tell the customer.",
    },
    "verify_identity": {
        "zh": "更改账户之前先核实客户身份。",
        "en": "Verify the customer's identity before changing the account.",
    },
    "confirm_cancel": {
        "zh": "确认要取消的内容和生效日期，再取消。",
        "en": "Confirm what to cancel and from when, then cancel.",
    },
    "send_article": {"zh": "发送帮助文章：{title}", "en": "Send the help article: {title}"},
    "wait": {
        "zh": "已回复客户：将工单设为等待客户。",
        "en": "The customer has been answered: set the ticket to pending.",
    },
    "resolve": {
        "zh": "客户已表示感谢：将工单标记为已解决。",
        "en": "The customer said thanks: mark the ticket as resolved.",
    },
    "pass_on": {
        "zh": "将建议转给产品团队并感谢客户。",
        "en": "Pass the idea on to the product team and thank the customer.",
    },
    "answer": {"zh": "回复客户最后一条消息。", "en": "Answer the customer's last message."},
}

SUMMARY: dict[str, dict[Language, str]] = {
    "problem": {"zh": "问题：{text}", "en": "Problem: {text}"},
    "customer": {"zh": "客户最后说：{text}", "en": "The customer last said: {text}"},
    "agent": {"zh": "客服最后说：{text}", "en": "The agent last said: {text}"},
    "assistant": {"zh": "助手最后说：{text}", "en": "The assistant last said: {text}"},
    "language": {"zh": "对话语言：{text}", "en": "Language of the conversation: {text}"},
    "zh": {"zh": "中文", "en": "Chinese"},
    "en": {"zh": "英文", "en": "English"},
    "other": {"zh": "其他", "en": "other"},
}


def say(key: str, language: Language) -> str:
    """The sentence in the customer's language."""
    return REPLIES[key][language]
