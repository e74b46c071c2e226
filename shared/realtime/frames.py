"""The frames of a socket, one JSON object each, the same in both hosts.

A client follows a ticket by `subscribe` with the last `seq` it holds (0 for none) and gets `entry` frames whose `seq`
rise by one; an entry it may not see comes with `entry: null`, so that a hole is always a loss. It drops what it has,
keeps what comes early, and subscribes again with its last `seq` when a hole stays, when `subscribed` says `more`, after
every reconnect, and once a minute. Frames other than `entry` are hints: nothing is lost with them.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from shared.realtime.errors import BadFrame, FrameTooLarge

FRAME_LIMIT = 4096
"""Bytes of a frame a client may send."""
TicketId = Annotated[str, Field(pattern=r"^tkt_[0-9a-hjkmnp-tv-z]{26}$")]
Seq = Annotated[int, Field(ge=0, le=999_999_999_999)]


class Frame(BaseModel):
    """Strict: what is not described is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    def text(self) -> str:
        """As it goes over the wire."""
        return self.model_dump_json()


class Subscribe(Frame):
    """Send me the ticket's entries after `since_seq`, then those to come."""

    type: Literal["subscribe"] = "subscribe"
    ticket_id: TicketId
    since_seq: Seq = 0


class Unsubscribe(Frame):
    """Send me no more of it."""

    type: Literal["unsubscribe"] = "unsubscribe"
    ticket_id: TicketId


class Typing(Frame):
    """I write, or have stopped. `note`: an internal note, which customers must not guess at."""

    type: Literal["typing"] = "typing"
    ticket_id: TicketId
    active: bool = True
    note: bool = False


class Read(Frame):
    """I have read everything up to `seq`."""

    type: Literal["read"] = "read"
    ticket_id: TicketId
    seq: Seq


class Ping(Frame):
    """Are you there? Answered by `pong`."""

    type: Literal["ping"] = "ping"


Asked = Subscribe | Unsubscribe | Typing | Read | Ping
_ASKED: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="type")], config=None)


class EntryTold(Frame):
    """An entry; the body is the message view of the HTTP API, null where the receiver may not see it."""

    type: Literal["entry"] = "entry"
    ticket_id: str
    seq: int
    entry: dict[str, Any] | None


class Subscribed(Frame):
    """You have everything up to `seq`; with `more` subscribe again from there."""

    type: Literal["subscribed"] = "subscribed"
    ticket_id: str
    seq: int
    more: bool = False


class TypingTold(Frame):
    """Somebody writes. Customers are not told which member of staff."""

    type: Literal["typing"] = "typing"
    ticket_id: str
    user_id: str | None
    role: str
    active: bool
    note: bool = False


class Viewer(Frame):
    """Somebody who looks at the ticket now."""

    user_id: str
    role: str


class PresenceTold(Frame):
    """Who looks at the ticket; for staff."""

    type: Literal["presence"] = "presence"
    ticket_id: str
    viewers: list[Viewer]


class ReadTold(Frame):
    """How far somebody has read. Customers are not told which member of staff."""

    type: Literal["read"] = "read"
    ticket_id: str
    user_id: str | None
    role: str
    seq: int


class AnswerDelta(Frame):
    """A piece of an answer the assistant is still writing; the entry that follows is what counts."""

    type: Literal["answer_delta"] = "answer_delta"
    ticket_id: str
    turn: int
    index: int
    """Counts the pieces of this turn from 0."""
    text_delta: str


class Pong(Frame):
    """I am."""

    type: Literal["pong"] = "pong"


class Wrong(Frame):
    """A frame was refused; `code` and `detail` are those of the HTTP API's problems."""

    type: Literal["error"] = "error"
    code: str
    detail: str
    ticket_id: str | None = None


def parse(text: str) -> Asked:
    """A client's frame; FrameTooLarge, BadFrame."""
    if len(text) > FRAME_LIMIT or len(text.encode("utf-8", "surrogatepass")) > FRAME_LIMIT:
        raise FrameTooLarge
    try:
        return _ASKED.validate_json(text)
    except ValidationError as error:
        raise BadFrame from error
