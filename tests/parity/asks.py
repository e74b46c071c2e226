"""The requests of the parity test: for each row of the table what succeeds, and what must be refused alike."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from shared.topology.routes import PUBLIC, USER, Route

TICKET = {"subject": "技术支持请求", "description": "系统无法正常启动", "category": "technical"}
LOGIN = {"email": "wang@example.com", "password": "correct horse battery"}
ARTICLE = {"slug": "new-words", "language": "zh", "title": "发票", "category": "billing", "body": "# 发票\n\n订单页。"}
SLA_POLICY = {"name": "urgent", "calendar": "office", "priorities": ["urgent"], "first_response": 30}
OFFICE = {
    "name": "office",
    "time_zone": "Asia/Shanghai",
    "week": [[{"from": "09:00", "to": "18:00"}]] * 5 + [[], []],
    "country": "CN",
}
KEY = {"Idempotency-Key": "parity-1"}
ANYONE_ELSE = "usr_" + "0" * 26


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `{name}` in query and body stands for what the stage made; `who` for whose token is sent."""

    label: str
    who: str | None = None
    body: Any = None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    def bytes(self, known: dict[str, str]) -> bytes:
        """The body as sent."""
        if self.raw is not None or self.body is None:
            return self.raw or b""
        text = json.dumps(self.body, ensure_ascii=False)
        for name, value in known.items():
            text = text.replace(f"<{name}>", value)
        return text.encode()


def good(who: str | None = None, body: Any = None, query: str = "", **headers: str) -> Ask:
    """A request that succeeds."""
    return Ask("good", who, body, query, {name.replace("_", "-"): value for name, value in headers.items()})


GOOD: dict[str, list[Ask]] = {
    "login": [good(None, LOGIN)],
    "request_code": [good(None, {"email": "nobody@example.com"})],
    "verify_code": [good(None, {"email": "wang@example.com", "code": "<code>"})],
    "refresh": [good(None, {"refresh_token": "<refresh_token>"})],
    "logout": [good("customer")],
    "me": [good("customer"), good("admin")],
    "jwks": [good()],
    "create_user": [good(None, {"email": "user@example.com", "name": "John Doe"}, **KEY)],
    "list_users": [good("agent"), good("admin", query="q=wang&role=customer&limit=1"), good("admin", query="limit=2")],
    "get_user": [good("customer"), good("agent")],
    "update_user": [good("customer", {"name": "王小明 Jane"}, If_Match='"1"')],
    "get_activity": [good("customer", query="limit=1"), good("agent")],
    "request_erasure": [good("admin")],
    "get_erasure": [good("admin")],
    "export_user": [good("customer"), good("admin", query="limit=2")],
    "create_socket_ticket": [good("customer")],
    "create_ticket": [good("customer", TICKET, **KEY), good("agent", TICKET | {"user_id": "<user_id>"})],
    "list_tickets": [good("customer"), good("agent", query="status=new&owner=ai&tag=%E9%80%80%E6%AC%BE&limit=1")],
    "get_ticket": [good("customer"), good("agent")],
    "update_ticket": [good("agent", {"priority": "high", "tags": ["退款", "vip"]}, If_Match='"1"')],
    "assign_ticket": [good("agent", {"assignee_id": "me"}), good("admin", {"assignee_id": "<agent_id>"})],
    "transition_ticket": [good("agent", {"to": "pending", "reason": "等待客户"}), good("customer", {"to": "resolved"})],
    "hand_over_ticket": [good("customer", {"reason": "请转人工"}), good("agent", {})],
    "get_history": [good("agent"), good("admin", query="limit=1")],
    "list_messages": [good("customer", query="since_seq=0&limit=1"), good("agent")],
    "add_message": [
        good("customer", {"user_id": "<user_id>", "content": "请提供更多详细信息", "type": "user"}, **KEY),
        good("agent", {"content": "您好", "after_seq": 1}),
    ],
    "create_attachment": [good("customer", {"name": "截图.png", "content_type": "image/png", "size": 8})],
    "list_attachments": [good("customer"), good("agent", query="limit=1")],
    "get_attachment": [good("customer"), good("agent")],
    "complete_attachment": [good("customer")],
    "add_note": [good("agent", {"content": "内部备注"}, **KEY)],
    "create_article": [good("agent", ARTICLE, **KEY), good("admin", ARTICLE | {"slug": "other-words"})],
    "list_articles": [good("agent"), good("admin", query="status=draft&language=zh&category=billing&limit=1")],
    "import_articles": [
        good("agent", {"articles": [ARTICLE, ARTICLE | {"language": "en"}]}),
        good("admin", {"articles": [ARTICLE], "publish": True}),
    ],
    "get_article": [good("agent")],
    "update_article": [good("agent", {"title": "发票", "category": "billing", "body": "新"}, If_Match='"1"')],
    "archive_article": [good("admin", If_Match='"1"'), good("admin")],
    "publish_article": [good("admin", If_Match='"1"'), good("admin")],
    "list_versions": [good("agent", query="limit=1")],
    "get_version": [good("agent")],
    "list_help": [good(query="limit=2&category=billing&language=en"), good(Accept_Language="zh")],
    "read_help": [good(query="language=en"), good(Accept_Language="zh-CN")],
    "search_help": [good(query="q=%E9%80%80%E6%AC%BE&limit=2"), good(query="q=refund&language=en")],
    "chat": [
        good("customer", {"message": "怎么申请退款？"}, **KEY),
        good("customer", {"message": "how do I get a refund?", "context": {"ticket_id": "<ticket_id>"}}),
    ],
    "analyze": [good("customer", {"text": "我对这个产品很满意", "type": "sentiment"}), good("agent", {"text": "退款"})],
    "suggest": [good("agent", {"ticket_id": "<ticket_id>", "type": "reply"})],
    "get_answer": [good("customer"), good("agent")],
    "get_spending": [good("admin")],
    "replay_answer": [good("agent")],
    "rejudge_answers": [good("agent", query="limit=2")],
    "rate_answer": [good("customer", {"helpful": False, "comment": "没有回答我的问题"})],
    "list_answers": [good("agent", query="limit=1")],
    "get_sla": [good("admin")],
    "put_sla": [good("admin", {"policies": [SLA_POLICY], "calendars": [OFFICE]}, If_Match='"0"')],
    "list_intents": [good("admin")],
    "put_intent": [good("admin", {"examples": ["刻字多少钱", "can you engrave it", "is engraving free"]})],
    "delete_intent": [good("admin")],
    "get_overview": [good("admin", query="zone=Asia/Shanghai")],
    "get_breakdown": [good("admin", query="by=category"), good("admin", query="from=2026-01-01&to=2026-01-02")],
    "export_breakdown": [good("admin", query="by=day&from=2026-01-01&to=2026-01-02")],
    "create_test_question": [
        good(
            "agent",
            {"language": "zh", "question": "发票抬头怎么改？", "article_id": "<article_id>", "headings": ["发票"]},
        ),
        good("admin", {"language": "en", "question": "Do you sell tea?", "article_id": None}),
    ],
    "list_test_questions": [good("agent", query="limit=1")],
    "get_test_question": [good("agent")],
    "update_test_question": [good("agent", {"article_id": "<article_id>"}, If_Match='"1"')],
    "delete_test_question": [good("admin")],
    "retest_questions": [good("agent", query="limit=2")],
    "create_webhook": [good("admin", {"url": "https://hooks.example.com/a", "description": "客户系统"}, **KEY)],
    "list_webhooks": [good("admin", query="limit=1")],
    "get_webhook": [good("admin")],
    "update_webhook": [good("admin", {"events": ["note.created"], "enabled": False}, If_Match='"1"')],
    "delete_webhook": [good("admin")],
    "rotate_webhook_secret": [good("admin")],
    "send_test_event": [good("admin")],
    "list_deliveries": [good("admin", query="status=pending&limit=1"), good("admin")],
    "get_delivery": [good("admin")],
    "redeliver": [good("admin")],
    "redeliver_failed": [good("admin", {"since": "2026-01-01T00:00:00.000Z"})],
    "create_macro": [
        good("agent", {"name": "退款", "shortcut": "/refund", "reply": {"zh": "您好 {{customer.name}}"}}, **KEY),
        good("admin", {"name": "Close", "scope": "global", "actions": {"status": "resolved"}}),
    ],
    "list_macros": [good("agent", query="q=%E9%80%80%E6%AC%BE&scope=personal&limit=1"), good("admin")],
    "get_macro": [good("agent")],
    "update_macro": [good("agent", {"name": "退款", "note": "{{ticket.number}}"}, If_Match='"1"')],
    "delete_macro": [good("agent")],
    "preview_macro": [good("agent", {"ticket_id": "<ticket_id>"})],
    "apply_macro": [good("agent", {"macro_id": "<macro_id>", "after_seq": 1}, **KEY)],
    "list_dead_letters": [good("admin")],
    "redrive_dead_letters": [good("admin")],
    "live": [good()],
    "ready": [good()],
    "openapi": [good()],
    "docs": [good(Accept_Language="zh-CN"), good(Accept_Language="en")],
}


PREFIXES = {
    "ticket_id": "tkt",
    "user_id": "usr",
    "answer_id": "ans",
    "queue": "que",
    "attachment_id": "att",
    "article_id": "art",
    "slug": "slug",
    "number": "9",
    "intent_name": "int",
    "question_id": "tqn",
    "webhook_id": "whk",
    "macro_id": "mac",
    "delivery_id": "msg",
}


def bad(row: Route, template: Ask) -> Iterator[Ask]:
    """What every row of that form refuses."""
    if row.access != PUBLIC:
        yield replace(template, label="no token", who=None)
        yield replace(template, label="forged token", who=None, headers={"Authorization": "Bearer e30.e30.AA"})
    if row.access not in (PUBLIC, USER):
        yield replace(template, label="no permission", who="customer", headers={"Accept-Language": "zh-CN"})
    for name in [part[1:-1] for part in row.path.split("/") if part.startswith("{")]:
        prefix = PREFIXES[name]
        yield replace(template, label="unknown id", ids={name: f"{prefix}_{'0' * 26}"})
        yield replace(template, label="malformed id", ids={name: "%E5%B7%A5%E5%8D%95%00"})
        yield replace(template, label="foreign id", who="other")
    if template.body is not None:
        yield from _bad_bodies(template)
    if template.query:
        yield replace(template, label="bad query", query="limit=0&cursor=x&since_seq=-1&status=lost&role=king&limit=2")
        yield replace(template, label="bad cursor", query="cursor=bm9wZQ")
    yield replace(template, label="repeated parameter", query="limit=1&limit=2")


def _bad_bodies(template: Ask) -> Iterator[Ask]:
    chinese = {"Accept-Language": "zh-CN"}
    yield replace(template, label="no body", body=None)
    yield replace(template, label="malformed", raw=b'{"subject": ')
    yield replace(template, label="not utf-8", raw=b'{"name": "\xff"}')
    yield replace(template, label="lone surrogate", raw=b'{"name": "\\ud800", "\\ud800": 1}')
    yield replace(template, label="too deep", raw=b"[" * 100_000)
    yield replace(template, label="unknown field", body=template.body | {"nonsense": 1}, headers=chinese)
    yield replace(template, label="wrong types", body=dict.fromkeys(template.body, 7), headers=chinese)
    yield replace(template, label="too large", raw=b'"' + b"x" * 262_144 + b'"')
    yield replace(template, label="not declared as JSON", headers={"Content-Type": "text/plain"})
    yield replace(template, label="bad key", headers={"Idempotency-Key": "k k"})
    yield replace(template, label="bad If-Match", headers={"If-Match": "three"})
    yield replace(template, label="stale If-Match", headers={"If-Match": '"99"'})
