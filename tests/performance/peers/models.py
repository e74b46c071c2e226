"""The bodies of the peers: the same fields and limits as ours."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Priority = Literal["low", "normal", "high", "urgent"]
Status = Literal["new", "open", "pending", "on_hold", "resolved", "closed"]


class TicketCreate(BaseModel):
    """A new ticket."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    user_id: Annotated[str, Field(pattern=r"^usr_[0-9a-z]{26}$")] | None = None
    subject: Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
    description: Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    category: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")] = "general"
    priority: Priority = "normal"
    tags: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$")]], Field(max_length=20)
    ] = []


class Ticket(BaseModel):
    """A ticket."""

    id: str
    number: str
    requester_id: str
    subject: str
    category: str
    priority: Priority
    status: Status = "new"
    owner: Literal["ai", "human"] = "ai"
    assignee_id: str | None = None
    team_id: str | None = None
    language: str | None = None
    sentiment: str | None = None
    intent: str | None = None
    tags: list[str]
    seq: int = 1
    version: int = 1
    created_at: datetime
    updated_at: datetime
    first_response_at: datetime | None = None
    first_human_response_at: datetime | None = None
    first_ai_response_at: datetime | None = None
    waiting_since: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reopened_count: int = 0
    last_customer_seq: int = 1
    follow_up_of: str | None = None
    sla: None = None
