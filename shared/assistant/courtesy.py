"""Tells courtesy from claims: a greeting needs no source, a statement does."""

import re

from shared.assistant.figures import figures
from shared.assistant.lexical import STOPWORDS
from shared.assistant.surface import addresses, emails

_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:[.!?。！？]+|\n|$)")


def _up_to(words: int) -> str:
    return rf"(?:[\s,]+[\w'’-]+){{0,{words}}}"


_EN = re.compile(
    r"\b(?:hello|hi|hey|dear)(?: there| customer)?\b|\bgood (?:morning|afternoon|evening|day)\b"
    rf"|\b(?:many )?thank(?:s| you)(?: (?:so|very) much)?(?: for{_up_to(5)})?"
    rf"|\b(?:(?:i am|i['’]m|we are|we['’]re) )?(?:so |very |truly |really )?sorry"
    rf"(?: (?:to hear|about|for|that){_up_to(6)})?"
    rf"|\b(?:i|we) (?:sincerely )?apologi[sz]e(?: for{_up_to(5)})?"
    r"|\b(?:i am|i['’]m|we are|we['’]re)? ?(?:very )?(?:happy|glad|here) to (?:help|assist)"
    r"(?: you)?(?: with (?:that|this))?"
    r"|\b(?:i|we) can help(?: you)?(?: with (?:that|this))?|\bto help you(?: further| better)?"
    r"|\bi (?:just )?need (?:a (?:bit|little) )?more (?:details?|information)"
    rf"|\b(?:i|we) (?:completely |fully )?understand(?: (?:how|your|that this){_up_to(5)})?"
    r"|\b(?:that|this) (?:sounds|must be) (?:very |really )?\w+"
    rf"|\b(?:please )?(?:feel free|do not hesitate|don['’]t hesitate) to{_up_to(8)}"
    rf"|\b(?:please )?(?:let (?:me|us) know|just (?:write|reply)|please (?:tell|describe)){_up_to(8)}"
    r"|\bif (?:you (?:have|need)|there (?:is|are)|not|anything is) ?(?:anything|any|other|more|further|else)?\b"
    rf"{_up_to(4)}"
    rf"|\b(?:i|we) (?:do not|don['’]t|could not|couldn['’]t|cannot|can['’]t) (?:have|find) \w*\s?"
    rf"(?:information|answer|details)(?: (?:about|on|to|for){_up_to(4)})?"
    r"|\b(?:i|we) hope (?:this|that) helps|\bhave a (?:great|nice|good|lovely) day|\b(?:best|kind) (?:regards|wishes)"
    r"|\byou(?:['’]re| are) (?:very |most )?welcome|\bof course\b|\bcertainly\b|\bsure\b|\bgreat question\b"
    r"|\bhere(?: is|['’]s|s| are) (?:what|how|the)[^.!?\n]{0,40}:"
    r"|\b(?:the )?(?:help )?article about this is only available in \w+; here is the original text:",
    re.IGNORECASE,
)
_ZH = re.compile(
    r"[您你]好|(?:早上|上午|中午|下午|晚上)好|(?:尊敬|亲爱)的(?:客户|顾客|用户|朋友)"
    r"|(?:非常|十分|衷心)?(?:感谢|谢谢)(?:[您你]的?)?(?:对我们的)?(?:耐心)?(?:咨询|等待|反馈|支持|理解|来信|联系|提问|信任|关注|耐心)?"
    r"|(?:非常|十分|很|真的|实在)?(?:抱歉|对不起|不好意思|遗憾)|给[您你](?:带来|造成|添)了?(?:的)?(?:不便|困扰|麻烦|不好的体验)了?"
    r"|请?[您你]?(?:放心|不用担心|别担心|别着急)|不客气|好的|没问题|没关系|当然可以|明白了?|收到"
    r"|(?:很|非常)?(?:高兴|乐意|荣幸)(?:能|可以)?(?:为[您你](?:服务|解答)|帮(?:助|到)?[您你])?"
    r"|祝[您你]?(?:生活|购物|使用|工作|一切|今天|有)?\S{0,4}(?:愉快|顺利|开心|顺心)"
    r"|如果?[您你]?(?:还|都)?(?:有|需要|不是)(?:任何|其他|其它|别的|更多)?(?:问题|疑问|需要|帮助)?"
    r"|(?:欢迎|请|可以|请直接)?(?:随时|再)?(?:告诉|联系|告知|咨询|回复)我们?(?:[您你]遇到的[^，。！]{0,4})?"
    r"|(?:非常|很|完全|十分)?理解[您你]的?(?:心情|感受|担忧|担心|焦急|着急)"
    r"|希望(?:以上|这些|这)?(?:信息|内容|回答|说明)?(?:能|可以)?(?:对[您你]有所?帮助|帮到[您你])"
    r"|我(?:来|会)?(?:尽力|尽量)?(?:帮|为)[您你](?:看看|看一下|查一下|查看|解答|解决|确认)?|(?:为[您你]|给[您你])解答"
    r"|为了(?:更)?(?:准确|尽快|更好地?)(?:地)?(?:回答|查询|帮助|解决)?"
    r"|(?:麻烦|烦请|请)[您你]?(?:先)?(?:提供|告知|告诉我们?|说明|补充|描述|确认|换一种说法)(?:一下|一些)?[^，。！？；]{0,16}"
    r"|(?:我们的|相关的?)帮助文章是这样说明的[:：]|相关的帮助文章目前只有英文版|以下是(?:原文|操作步骤|具体步骤|办理步骤|相关说明)[:：]"
)
_FILLERS = re.compile(r"[的了呢吧啊哦呀您你我们就也都这那请与和地得着过很]")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line break ends one."""
    return [found.strip() for found in _SENTENCE.findall(text) if found.strip()]


def claim(sentence: str, asked: str) -> bool:
    """Whether the sentence states something beyond courtesy, a question, and what the customer `asked`."""
    if figures(sentence) - figures(asked) or addresses(sentence) or set(emails(sentence)) - set(emails(asked)):
        return True
    if sentence.endswith(("?", "？")):
        return False
    rest = _ZH.sub(" ", _EN.sub(" ", sentence))
    words = [word for word in re.findall(r"[A-Za-z][A-Za-z'’]*", rest) if word.lower() not in STOPWORDS]
    characters = re.findall(r"[\u3400-\u9fff]", _FILLERS.sub("", rest))
    return len(words) > 1 or len(characters) > 3
