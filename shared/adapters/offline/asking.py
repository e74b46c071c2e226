"""How much of a text asks, wishes or greets; that tells of no feeling by itself."""

import re

_CLAUSE = re.compile(r"[^,，。.!！?？;；\n]+[?？]?")
_WORDS = (
    r"吗|嘛$|么$|呢$|什么|怎么(?!这么|都|还|那么)|怎样|如何|多少|多久|多大|多长|多重|几(?![乎个句回次遍])|谁(?!都|也)|哪(?!怕)"
    r"|能不能|是不是|有没有|可不可以|要不要|会不会|是否|能否|可否|为什么|为啥|咋|啥"
)
_WISHES = (
    r"请问|^(?:建议|希望(?:能|可以|增加)|我要|我想|想要|申请|请帮|帮我|帮忙|麻烦)|(?:想|帮我|麻烦)(?:问|了解|咨询|查)"
    r"|^(?:您好|你好|早上好|下午好|晚上好|在吗|在么)$"
)
_OPENINGS = (
    r"(?:so |and |but |hi |hello |hey )?(?:how|what|when|where|which|who|whose|why|is|are|do|does|did|can|could|will"
    r"|would|should|may|has|have you|am i|any (?:news|idea|update)|please|kindly|i suggest|i(?:'d| would) like)\b"
    r"|(?:hi|hello|hey|good (?:morning|afternoon|evening|day))\W*$"
)
_ASKS = re.compile(rf"[?？]$|{_WORDS}|{_WISHES}|^\W*(?:{_OPENINGS})", re.IGNORECASE)


def asking(text: str) -> float:
    """The share of clauses that do, from 0 to 1."""
    clauses = [clause for clause in _CLAUSE.findall(text) if any(map(str.isalnum, clause))]
    return sum(_ASKS.search(clause.strip()) is not None for clause in clauses) / max(len(clauses), 1)
