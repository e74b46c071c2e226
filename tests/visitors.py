"""People who use every route of a running api, with a mark in each text they write."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from shared.topology.routes import ROUTES
from shared.webhooks.events import BY_DEFAULT
from tests.marks import Marks
from tests.realtime_world import ADMIN, PASSWORD

METHODS = {row.name: row.method for row in ROUTES}
PATHS = {row.name: row.path for row in ROUTES}
PNG = b"\x89PNG\r\n\x1a\n"
REFUND = {True: "How do I get a refund? It is {}.", False: "怎么申请退款？订单是{}。"}
PLAIN = {True: "How do I get a refund?", False: "怎么申请退款？"}
"""What an article answers, with quotes."""
STAFF = "staff"
NOBODY = "nobody"
HOOK = "127.0.0.1:9"
"""Where nobody listens, so that messages to it are made, and wait."""
"""Owners of marks that no customer's erasure takes away, and of those that were refused."""


@dataclass
class Visitors:
    """Calls routes by name and notes in which places the service took marks, and in which it refused them."""

    http: httpx.Client
    marks: Marks
    tokens: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    """Places and marks that the service took there."""
    refused: set[str] = field(default_factory=set)

    def ask(self, name: str, who: str = "", path: Any = None, body: Any = None, **more: Any) -> httpx.Response:
        """The answer of the route of that name, whatever it is."""
        headers = {**more.get("headers", {})} | ({"Authorization": f"Bearer {self.tokens[who]}"} if who else {})
        query = more.get("query", {})
        sent = {"content": more["raw"]} if "raw" in more else {"json": body} if body is not None else {}
        if "raw" in more:
            headers["Content-Type"] = "application/json"
        url = PATHS[name].format_map(Anything(path or {}))
        answer = self.http.request(METHODS[name], url, params=query, headers=headers, **sent)
        places = {"body": body, "query": query, "header": more.get("headers", {}), "path": path or {}}
        for where, held in places.items():
            self._note(f"{name} {where}", held if isinstance(held, dict) else {"": held}, answer.is_success)
        return answer

    def call(self, name: str, who: str = "", path: Any = None, body: Any = None, **more: Any) -> Any:
        """The JSON of a request that succeeds."""
        answer = self.ask(name, who, path, body, **more)
        assert answer.is_success, (name, answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def _note(self, where: str, held: dict[str, Any], taken: bool) -> None:
        for name, value in held.items():
            for mark in self.marks.within(str(value)):
                if taken:
                    self.taken.add((f"{where} {name}", mark.text))
                else:
                    self.refused.add(f"{where} {name}")

    def log_in(self, who: str, email: str, password: str) -> None:
        """A session, and the id."""
        session = self.call("login", body={"email": email, "password": password})
        self.tokens[who] = session["access_token"]
        self.ids[who] = self.call("me", who)["id"]

    def text(self, owner: str, latin: bool, around: str = "") -> str:
        """Some words with a fresh mark."""
        said = around or ("My order number is {}, thank you." if latin else "我的订单号是{}，谢谢。")
        return said.format(self.marks.new(owner, latin))


class Anything(dict[str, str]):
    """What a path is filled with; what was not named is a word no object is called by."""

    def __missing__(self, key: str) -> str:
        return "nothing"


@dataclass
class Customer:
    """One customer and what the staff does for them; `latin` tells the language of marks."""

    with_: Visitors
    who: str
    latin: bool
    tickets: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def text(self, around: str = "") -> str:
        """Some words of this customer's affairs."""
        return self.with_.text(self.who, self.latin, around)

    def call(self, name: str, body: Any = None, who: str = "", **more: Any) -> Any:
        """A route, by default as the customer and on their ticket."""
        path = ({"ticket_id": self.tickets[0]} if self.tickets else {}) | more.pop("path", {})
        return self.with_.call(name, who or self.who, path, body, **more)

    def live(self) -> None:
        """Everything."""
        self.join()
        self.open()
        self.send_files()
        self.chat()
        self.be_served()

    def join(self) -> None:
        """Register, log in, ask for a code, change the name."""
        visitors, marks = self.with_, self.with_.marks
        email, password = f"{marks.new(self.who)}@example.com", f"{marks.new(NOBODY, self.latin)} secret"
        once = {"Idempotency-Key": marks.new(self.who)}
        person = {"email": email, "name": self.text("{} Wang"), "password": password}
        for _ in range(2):
            visitors.call("create_user", body=person, headers=once)
        visitors.ask("login", body={"email": email, "password": marks.new(NOBODY, self.latin)})
        visitors.ask("login", body={"email": f"{marks.new(NOBODY)}@example.com", "password": PASSWORD})
        visitors.log_in(self.who, email, password)
        for address in (email, f"{marks.new(NOBODY)}@example.com"):
            visitors.call("request_code", body={"email": address})
        visitors.ask("verify_code", body={"email": f"{marks.new(NOBODY)}@example.com", "code": "123456"})
        self.call("update_user", {"name": self.text("李{}")}, path={"user_id": visitors.ids[self.who]})

    def open(self) -> None:
        """A ticket, opened twice with one key, and messages with one key each."""
        new = {"subject": self.text(), "description": self.text(REFUND[self.latin])}
        once = {"Idempotency-Key": self.with_.marks.new(self.who)}
        first, again = (self.call("create_ticket", new, headers=once) for _ in range(2))
        assert first["id"] == again["id"]
        self.tickets.append(first["id"])
        once = {"Idempotency-Key": self.with_.marks.new(self.who)}
        self.call("add_message", {"content": self.text()}, headers=once)

    def send_files(self) -> None:
        """One that is part of a message, one that is looked at and left, one that never comes."""
        sent = [self._sent(content) for content in (PNG, PNG, b"")]
        self.call("complete_attachment", path={"attachment_id": sent[0]})
        self.call("add_message", {"content": self.text(), "attachments": [sent[0]]})

    def _sent(self, content: bytes) -> str:
        new = {"name": self.text("{}.png"), "content_type": "image/png", "size": len(content) or 9}
        made = self.call("create_attachment", new)
        if content:
            form = made["upload"]
            answer = httpx.post(form["url"], data=form["fields"], files={"file": ("x", content)})
            assert answer.status_code == 204, answer.text
        return str(made["id"])

    def chat(self) -> None:
        """Without a ticket and on one, with what they think of the answers; and an analysis."""
        once = {"Idempotency-Key": self.with_.marks.new(self.who)}
        asked = {"message": self.text(REFUND[self.latin])}
        alone = [self.call("chat", asked, headers=once)["answer_id"] for _ in range(2)]
        assert alone[0] == alone[1]
        context = {"ticket_id": self.tickets[0]}
        asked = {"message": self.text(REFUND[self.latin]), "context": context}
        self.answers = [
            alone[0],
            *(self.call("chat", each)["answer_id"] for each in (asked, {"message": PLAIN[self.latin]})),
        ]
        for answer in self.answers:
            for helpful in (True, False):
                rated = {"helpful": helpful, "comment": self.text()}
                self.call("rate_answer", rated, path={"answer_id": answer})
        self.call("analyze", {"text": self.text("I am angry about {}. a@b.example, 13800138000")})

    def be_served(self) -> None:
        """By an agent who replies, notes, renames, suggests, resolves, while the customer asks for a person."""
        self.call("add_message", {"content": self.text()}, "agent")
        self.call(
            "add_note", {"content": self.text()}, "agent", headers={"Idempotency-Key": self.with_.marks.new(self.who)}
        )
        self.call("update_ticket", {"subject": self.text(), "tags": ["vip"]}, "agent")
        self.be_replied_to_by_a_macro()
        for kind in ("solution", "reply", "next_action", "summary", "similar"):
            self.call("suggest", {"ticket_id": self.tickets[0], "type": kind}, "agent")
        # There is no model to translate with: the words are taken, and nothing comes of them.
        for kind in ("summary", "translate"):
            draft = {"ticket_id": self.tickets[0], "type": kind, "text": self.text()}
            assert self.with_.ask("suggest", "agent", None, draft).status_code == (200 if kind == "summary" else 409)
        self.call("transition_ticket", {"to": "resolved", "reason": self.text()}, "agent")
        self.call("add_message", {"content": self.text()})
        for _ in range(2):
            new = {"subject": self.text(), "description": PLAIN[self.latin]}
            self.tickets.append(self.call("create_ticket", new)["id"])
        last = {"ticket_id": self.tickets[-1]}
        self.answers.append(self.call("chat", {"message": PLAIN[self.latin], "context": last})["answer_id"])
        self.call("hand_over_ticket", {"reason": self.text()}, path=last)
        marks = self.with_.marks
        self.with_.call("list_users", "admin", query={"q": marks.new(NOBODY, self.latin)})
        criteria = ("category", "tag", "assignee_id", "requester_id")
        self.call("list_tickets", who="agent", query={name: marks.new(NOBODY, self.latin) for name in criteria})

    def be_replied_to_by_a_macro(self) -> None:
        """One that says the customer's name and subject, shown before, and applied twice with one key."""
        marks, template = self.with_.marks, "{{customer.name}}: {{ticket.subject}}"
        new = {"name": "Greeting", "reply": {"zh": template, "en": template}, "note": template}
        macro = self.call("create_macro", new, "agent", headers={"Idempotency-Key": marks.new(self.who)})
        self.call("list_macros", who="agent", query={"q": marks.new(NOBODY, self.latin)})
        self.call("preview_macro", {"ticket_id": self.tickets[0]}, "agent", path={"macro_id": macro["id"]})
        once = {"Idempotency-Key": marks.new(self.who)}
        for _ in range(2):
            self.call("apply_macro", {"macro_id": macro["id"]}, "agent", headers=once)

    def shown(self, reader: str) -> str:
        """All that any route that reads tells that person of this customer."""
        ask, user = self.with_.ask, {"user_id": self.with_.ids[self.who]}
        pages = [ask(name, reader, user) for name in ("get_user", "get_activity")]
        pages += [ask("export_user", reader, user, query=query) for query in self._export_pages(reader)]
        lists = ("get_history", "list_messages", "list_answers", "list_attachments")
        per_ticket = {"get_ticket": {}} | {name: {"limit": 100} for name in lists}
        for ticket in ({"ticket_id": each} for each in self.tickets):
            pages += [ask(name, reader, ticket, query=query) for name, query in per_ticket.items()]
        for answer in self.answers:
            pages += [ask(name, reader, {"answer_id": answer}) for name in ("get_answer", "replay_answer")]
        articles = {each["article_id"] for each in ask("list_help", reader, query={"limit": 5}).json()["items"]}
        pages += [ask("rejudge_answers", reader, {"article_id": each}) for each in sorted(articles)]
        pages += [ask("list_users", reader, query={"limit": 100}), ask("list_tickets", reader, query={"limit": 100})]
        kinds = ("solution", "reply", "next_action", "summary", "similar")
        pages += [ask("suggest", reader, body={"ticket_id": self.tickets[0], "type": kind}) for kind in kinds]
        assert not [page.text for page in pages if page.status_code >= 500]
        return "\n".join(page.text for page in pages)

    def _export_pages(self, reader: str) -> list[dict[str, str]]:
        pages: list[dict[str, str]] = [{"limit": "100"}]
        while True:
            answer = self.with_.ask("export_user", reader, {"user_id": self.with_.ids[self.who]}, query=pages[-1])
            if not answer.is_success or answer.json()["next_cursor"] is None:
                return pages
            pages.append({"limit": "100", "cursor": answer.json()["next_cursor"]})


def staff(visitors: Visitors) -> None:
    """The administrator, and an agent whose name has a mark."""
    visitors.log_in("admin", ADMIN, PASSWORD)
    email = f"{visitors.marks.new(STAFF)}@example.com"
    made = visitors.call(
        "create_user", body={"email": email, "name": visitors.text(STAFF, False), "password": PASSWORD}
    )
    visitors.call("update_user", "admin", {"user_id": made["id"]}, {"role": "agent"})
    visitors.log_in("agent", email, PASSWORD)
    article = {"slug": "opening-hours", "language": "en", "title": "Opening hours", "body": "We open at nine."}
    hook = {"url": f"http://{HOOK}/", "include_content": True, "events": [*BY_DEFAULT, "note.created"]}
    for _ in range(2):
        visitors.call("create_webhook", "admin", None, hook, headers={"Idempotency-Key": visitors.marks.new(STAFF)})
    visitors.call("create_article", "agent", None, article, headers={"Idempotency-Key": visitors.marks.new(STAFF)})
