"""The words of the help centre's pages."""

from shared.kernel.texts import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "lang": "en",
        "other": "中文",
        "other_lang": "zh-CN",
        "title": "Help centre",
        "lead": "Search, or browse by topic. What you do not find, ask us.",
        "search": "Search for help",
        "submit": "Search",
        "placeholder": "What do you need help with?",
        "results": "Results for “{q}”",
        "nothing": "Nothing fits your words. Try others, or write to us with the button at the corner.",
        "empty": "No article has been published yet.",
        "more": "There are more articles than are listed here. Search for what you need.",
        "all": "All articles",
        "updated": "Updated {date}",
        "only_other": "This article is not there in English yet.",
        "not_found": "There is no such article",
        "error": "This did not work",
        "topics": "Topics",
        "staff": "For staff",
        "skip": "Skip to content",
        "account": "Account",
        "billing": "Billing",
        "general": "General",
        "product": "Product",
        "shipping": "Shipping",
        "technical": "Technical",
    },
    "zh": {
        "lang": "zh-CN",
        "other": "English",
        "other_lang": "en",
        "title": "帮助中心",
        "lead": "搜索，或按主题浏览。没有找到答案，就问我们。",
        "search": "搜索帮助",
        "submit": "搜索",
        "placeholder": "您需要什么帮助？",
        "results": "“{q}”的搜索结果",
        "nothing": "没有符合的文章。换个说法试试，或点击右下角的按钮联系我们。",
        "empty": "还没有发布文章。",
        "more": "此处未列出全部文章，请搜索您需要的内容。",
        "all": "所有文章",
        "updated": "更新于 {date}",
        "only_other": "这篇文章还没有中文版。",
        "not_found": "没有这篇文章",
        "error": "没有成功",
        "topics": "主题",
        "staff": "客服登录",
        "skip": "跳到正文",
        "account": "账号",
        "billing": "账单",
        "general": "综合",
        "product": "产品",
        "shipping": "物流",
        "technical": "技术",
    },
}


def category_name(category: str, language: Language) -> str:
    """A category of ours in the reader's language; one a team named itself, as they wrote it."""
    return WORDS[language].get(category) or category.replace("-", " ").replace("_", " ").capitalize()
