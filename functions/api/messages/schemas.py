"""Bodies and views of messages and notes."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.attachments.models import MOST_PER_MESSAGE
from shared.messages.service import NewMessage
from shared.tickets.timeline import Entry
from shared.web.fields import Content, Seq, Time, UserId
from shared.web.replies import Body, View

AttachmentId = Annotated[str, StringConstraints(pattern=r"^att_[0-9a-z]{26}$")]
AttachmentIds = Annotated[
    list[AttachmentId],
    Field(max_length=MOST_PER_MESSAGE, description="Files announced on the ticket, uploaded and found clean."),
]


class MessageCreate(Body):
    """A message. `user_id` and `type` may be left out: the caller is meant."""

    user_id: UserId | None = None
    content: Content
    type: Literal["user", "agent"] | None = Field(
        default=None, description="`user` for the customer's own, `agent` for a reply by staff."
    )
    attachments: AttachmentIds = Field(default_factory=list)
    after_seq: Seq | None = Field(
        default=None,
        description="Staff: the last entry you saw; 409 `stale_view` if the customer wrote since.",
    )

    def to_new(self) -> NewMessage:
        """In the domain's terms."""
        return NewMessage(self.content, self.user_id, self.type, tuple(self.attachments), self.after_seq)


class NoteCreate(Body):
    """An internal note."""

    content: Content
    attachments: AttachmentIds = Field(default_factory=list)


class AuthorView(View):
    """Who wrote it; `on_behalf_by` is the member of staff who wrote for the customer."""

    id: str
    role: Literal["customer", "agent", "admin", "ai", "system"]
    on_behalf_by: str | None = None


class CitationView(View):
    """The quote stands in that version of the article at that byte range."""

    article_id: str
    article_version: int
    title: str
    quote: str
    start: int
    end: int


class AttachedView(View):
    """A file of the entry; `GET …/attachments/{id}` gives an address to fetch it from. `size` in bytes."""

    id: str
    name: str
    type: str
    size: int


class MessageView(View):
    """An entry of the timeline: a message, a note (staff only), or an event."""

    id: str
    ticket_id: str
    seq: int
    kind: Literal["message", "note", "event"]
    event: str
    author: AuthorView
    type: Literal["user", "agent", "ai", "system"] | None
    content: str | None
    attachments: list[AttachedView]
    citations: list[CitationView]
    answer_id: str | None
    created_at: Time

    @classmethod
    def of(cls, entry: Entry) -> "MessageView":
        """The view of an entry."""
        return cls(
            id=entry.id,
            ticket_id=entry.ticket_id,
            seq=entry.seq,
            kind=entry.kind,
            event=entry.event,
            author=AuthorView.model_validate(entry.author),
            type=entry.type,
            content=entry.content,
            attachments=[AttachedView.model_validate(attached) for attached in entry.attachments],
            citations=[CitationView.model_validate(quote) for quote in entry.citations],
            answer_id=entry.answer_id,
            created_at=entry.at,
        )


class MessagePage(View):
    """A stretch of the timeline in order."""

    items: list[MessageView]
    next_cursor: str | None
