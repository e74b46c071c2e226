"""The requests every deployment must answer as written in the product description; run against both hosts."""

import time
from typing import Any

from local.readiness import wait_for
from tests.e2e.live import System

CUSTOMER, AGENT = "wang@example.com", "agent.lin@example.com"


class SeedRequests:
    """Inherited by a test class that has a `system` fixture."""

    def test_a_user_registers_without_a_password_reads_and_renames_themselves(self, system: System) -> None:
        fresh = f"user{time.time_ns()}@example.com"
        made = system.call("POST", "/api/v1/users", {"email": fresh, "name": "John Doe"})
        assert (made.status, made.body["name"], made.body["role"]) == (201, "John Doe", "customer")
        user_id = system.account(CUSTOMER)["id"]
        assert system.call("GET", f"/api/v1/users/{user_id}", email=CUSTOMER).status == 200
        renamed = system.call("PUT", f"/api/v1/users/{user_id}", {"name": "Jane Doe"}, CUSTOMER)
        assert (renamed.status, renamed.body["name"]) == (200, "Jane Doe")

    def test_a_chinese_ticket_is_opened_read_and_written_to(self, system: System) -> None:
        user_id = system.account(CUSTOMER)["id"]
        ticket = self.ticket(system)
        read = system.call("GET", f"/api/v1/tickets/{ticket['id']}", email=CUSTOMER)
        assert (read.status, read.body["subject"]) == (200, "技术支持请求")
        body = {"user_id": user_id, "content": "请提供更多详细信息", "type": "user"}
        message = system.call("POST", f"/api/v1/tickets/{ticket['id']}/messages", body, CUSTOMER)
        assert message.status == 201
        assert (message.body["content"], message.body["type"]) == ("请提供更多详细信息", "user")

    def test_the_assistant_chats_on_a_ticket(self, system: System) -> None:
        user_id = system.account(CUSTOMER)["id"]
        ticket = self.ticket(system)
        body = {"message": "你好，我需要帮助", "user_id": user_id, "context": {"ticket_id": ticket["id"]}}
        reply = system.call("POST", "/api/v1/ai/chat", body, CUSTOMER)
        assert reply.status == 200
        assert reply.body["language"] == "zh"
        assert reply.body["decision"] in ("answer", "ask", "hand_over")

    def test_the_assistant_answers_with_a_citation_in_each_language(self, system: System) -> None:
        for question in ("怎么申请退款？", "How do I get a refund?"):
            reply = system.call("POST", "/api/v1/ai/chat", {"message": question}, CUSTOMER)
            assert (reply.status, reply.body["decision"]) == (200, "answer")
            assert reply.body["citations"][0]["quote"] in reply.body["reply"]

    def test_a_text_is_analyzed(self, system: System) -> None:
        body = {"text": "我对这个产品很满意", "type": "sentiment"}
        analysis = system.call("POST", "/api/v1/ai/analyze", body, CUSTOMER)
        assert (analysis.status, analysis.body["label"], analysis.body["language"]) == (200, "positive", "zh")

    def test_a_solution_is_suggested_to_an_agent(self, system: System) -> None:
        ticket = self.ticket(system)
        body = {"ticket_id": ticket["id"], "type": "solution"}
        suggested = system.call("POST", "/api/v1/ai/suggest", body, AGENT)
        assert suggested.status == 200
        assert suggested.body["suggestions"][0]["citations"]

    def test_the_worker_answers_a_ticket_exactly_once(self, system: System) -> None:
        ticket = self.ticket(system)
        wait_for(lambda: self.answers(system, ticket["id"]), 60, "the assistant's answer")
        # The same turn again, as a queue may deliver it again, changes nothing: chat finds it settled.
        (answer,) = self.answers(system, ticket["id"])
        receipt = system.call("GET", f"/api/v1/ai/answers/{answer['answer_id']}", email=CUSTOMER).body
        assert (receipt["ticket_id"], receipt["turn"], receipt["reply"]) == (ticket["id"], 1, answer["content"])
        assert "系统" in answer["content"] or answer["citations"]

    def ticket(self, system: System) -> dict[str, Any]:
        """The product description's own ticket."""
        body = {
            "user_id": system.account(CUSTOMER)["id"],
            "subject": "技术支持请求",
            "description": "系统无法正常启动",
            "category": "technical",
        }
        made = system.call("POST", "/api/v1/tickets", body, CUSTOMER)
        assert made.status == 201, made.raw
        ticket: dict[str, Any] = made.body
        return ticket

    def answers(self, system: System, ticket_id: str) -> list[dict[str, Any]]:
        """The assistant's messages on a ticket."""
        return [entry for entry in system.timeline(ticket_id, CUSTOMER) if entry["type"] == "ai"]
