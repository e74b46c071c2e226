"""Finds words that claim an act was done or will be done: no tool ran, so they are never true.

What stands under an if is none, nor what an article says will be done for everybody. That something was done already is
said to one customer, and no article is an excuse for it.
"""

import re

_DONE = (
    "refunded|cancell?ed|processed|issued|reset|changed|updated|escalated|forwarded|created|opened|closed|sent|credited|"
    "approved|arranged|scheduled|shipped|replaced|upgraded|waived|extended|transferred|submitted|filed|booked|activated|"
    "unlocked|deleted|notified|contacted|dispatched|restored|added|removed|applied|placed|initiated|completed|resolved"
)
_DO = (
    "refund|cancel|process|issue|reset|change|update|escalate|forward|create|open|close|send|credit|approve|arrange|"
    "schedule|ship|replace|upgrade|waive|extend|transfer|submit|file|book|activate|unlock|delete|notify|contact|dispatch|"
    "restore|add|remove|apply|place|initiate|complete|take care of|look into|get back to|follow up|call you|email you"
)
_DOING = (
    "refunding|cancell?ing|processing|issuing|resetting|changing|updating|escalating|forwarding|creating|opening|closing|"
    "sending|crediting|approving|arranging|scheduling|shipping|replacing|upgrading|waiving|transferring|submitting"
)
_SOON = r"(?:(?:just|already|now|also|immediately|successfully|personally|gone ahead and|go ahead and|been) )*"
_EN = re.compile(
    rf"\b(?:i|we)(?:['’]ve| have) {_SOON}(?:{_DONE})\b|\b(?:i|we) {_SOON}(?:{_DONE})\b"
    rf"|\b(?:i|we)(?:['’]ll| will| can now|(?: am| are|['’]m|['’]re) going to) {_SOON}(?:{_DO})\b"
    rf"|\b(?:i am|i['’]m|we are|we['’]re) {_SOON}(?:{_DOING})\b"
    rf"|\byour (?:[\w-]+ ){{1,4}}(?:has|have|was|were) {_SOON}(?:been )?{_SOON}(?:{_DONE})\b"
    rf"|\byour (?:[\w-]+ ){{1,4}}(?:is|are) {_SOON}(?:being (?:{_DONE})|on (?:its|their) way)\b"
    rf"|\blet me {_SOON}(?:{_DO})\b|^(?:done|all set)\b"
)
_ACT = (
    "退款|退货|退还|取消|办理|处理|提交|修改|更改|重置|发送|发出|发货|补发|开通|关闭|解锁|升级|登记|申请|转接|赔偿|补偿|换货|"
    "批准|同意|安排|预约|催促|催单|加急|寄出|删除|转账|充值|恢复|创建|注销|激活|通知|反馈|核实|跟进|联系"
)
_WHEN = "已经?|刚刚?|刚才|正在|马上|立即|立刻|这就|现在就?|稍后|随后|将|会|可以马上"
_ZH = re.compile(
    rf"(?:{_WHEN})(?:尽快|成功|直接)?(?:为|帮|给|替)[您你].{{0,6}}?(?:{_ACT})"
    rf"|(?:我|我们|客服|这边)(?:这边)?(?:{_WHEN})[^，。；！？]{{0,8}}?(?:{_ACT})|系统已经?[^，。；！？]{{0,8}}?(?:{_ACT})"
    rf"|(?:为|帮|给|替)[您你](?:成功)?(?:{_ACT})[^，。；！？]{{0,4}}(?:了|完成|成功)"
    rf"|[您你]的[^，。；！？]{{0,8}}(?:已经?|已被|正在)(?:成功)?(?:{_ACT})"
)
_CONDITION = re.compile(
    r"\b(?:if|once|when|after|before|unless|until|whether|in case)\b|如果|若|当|一旦|是否|假如|之前|以前|除非|待"
)


_LATER = re.compile(r"\b(?:will|going to)\b|['’]ll\b|将|会")
_NOW = re.compile("已|刚|正在|马上|立即|立刻|这就|现在")


def promises(sentence: str, source: str) -> bool:
    """Whether the sentence claims an act, other than one its `source` says will be done."""
    text, said = _plain(sentence), _plain(source)
    for match in [*_EN.finditer(text), *_ZH.finditer(text)]:
        general = match.group() in said and _LATER.search(match.group()) and not _NOW.search(match.group())
        if not general and not _CONDITION.search(text[: match.start()]):
            return True
    return False


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()
