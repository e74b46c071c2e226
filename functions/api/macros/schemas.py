"""Bodies and views of macros."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from functions.api.tickets.schemas import TicketView
from shared.macros.applying import Applied, Preview
from shared.macros.models import Actions, Content, Texts, Used
from shared.macros.planning import Step
from shared.macros.templates import KNOWN
from shared.web.fields import SAYS_SOMETHING, LanguageName, PriorityName, Seq, Slug, Tags, Time
from shared.web.replies import Body, View

ScopeName = Literal["personal", "team", "global"]
TargetName = Literal["open", "pending", "on_hold", "resolved"]
StepLabel = Literal["reply", "note", "priority", "category", "tags", "status", "assignee"]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=SAYS_SOMETHING), Field(examples=["退款说明"])
]
Shortcut = Annotated[
    str,
    StringConstraints(pattern=r"^/[a-z0-9\u4e00-\u9fff][a-z0-9\u4e00-\u9fff_-]{0,29}$"),
    Field(examples=["/refund"]),
]
Template = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, pattern=SAYS_SOMETHING),
    Field(
        description="Placeholders: " + ", ".join(f"`{{{{{name}}}}}` {text}" for name, text in KNOWN.items()) + ".",
        examples=["您好 {{customer.name}}，工单 {{ticket.number}} 的退款已受理。"],
    ),
]
TeamId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$"), Field(examples=["billing"])]
MacroId = Annotated[
    str, StringConstraints(pattern=r"^mac_[0-9a-z]{26}$"), Field(examples=["mac_01kb1x2y3z4a5b6c7d8e9f0g1h"])
]
TicketId = Annotated[
    str, StringConstraints(pattern=r"^tkt_[0-9a-z]{26}$"), Field(examples=["tkt_01kb1x2y3z4a5b6c7d8e9f0g1h"])
]


class ReplyTemplate(Body):
    """A reply in one language or in both; customers get theirs where there is one."""

    zh: Template | None = None
    en: Template | None = None


class ActionsOf(Body):
    """What is changed of the ticket. `status` as a person would move it; `assign_to_me` takes a free ticket."""

    priority: PriorityName | None = None
    category: Slug | None = None
    add_tags: Tags = Field(default_factory=list)
    remove_tags: Tags = Field(default_factory=list)
    status: TargetName | None = None
    assign_to_me: bool = False


class MacroUpdate(Body):
    """All of a macro but its scope: what is left out is taken away."""

    name: Name
    shortcut: Shortcut | None = None
    reply: ReplyTemplate = Field(default_factory=ReplyTemplate)
    note: Template | None = None
    actions: ActionsOf = Field(default_factory=ActionsOf)

    def content(self) -> Content:
        """In the domain's terms."""
        named = self.actions.model_dump()
        tags = {name: tuple(dict.fromkeys(named[name])) for name in ("add_tags", "remove_tags")}
        return Content(
            self.name, self.shortcut, Texts(self.reply.zh, self.reply.en), self.note, Actions(**named | tags)
        )


class MacroCreate(MacroUpdate):
    """A macro. `personal` ones are the caller's alone; `team` and `global` ones are made by administrators."""

    scope: ScopeName = "personal"
    team_id: TeamId | None = Field(default=None, description="For scope `team`, and for no other.")


class ApplyMacro(Body):
    """Which macro; `after_seq` is the last entry you saw: 409 `stale_view` if the customer wrote since."""

    macro_id: MacroId
    after_seq: Seq | None = None


class PreviewMacro(Body):
    """On which ticket."""

    ticket_id: TicketId


class TextsView(View):
    """A template by language."""

    zh: str | None
    en: str | None


class ActionsView(View):
    """What is changed of the ticket."""

    priority: PriorityName | None
    category: str | None
    add_tags: list[str]
    remove_tags: list[str]
    status: TargetName | None
    assign_to_me: bool


class MacroView(View):
    """A macro; `uses` counts applications, and is no part of the version."""

    id: str = Field(examples=["mac_01kb1x2y3z4a5b6c7d8e9f0g1h"])
    name: str
    shortcut: str | None
    scope: ScopeName
    team_id: str | None
    owner_id: str
    reply: TextsView
    note: str | None
    actions: ActionsView
    uses: int
    last_used_at: Time | None
    created_at: Time
    updated_at: Time
    updated_by: str
    version: int

    @classmethod
    def of(cls, used: Used) -> "MacroView":
        """The view of a macro."""
        macro, content = used.macro, used.macro.content
        shown: dict[str, Any] = {
            name: getattr(macro, name)
            for name in ("id", "scope", "team_id", "owner_id", "created_at", "updated_at", "updated_by", "version")
        }
        return cls(
            **shown,
            name=content.name,
            shortcut=content.shortcut,
            reply=TextsView.model_validate(content.reply),
            note=content.note,
            actions=ActionsView.model_validate(content.actions),
            uses=used.uses,
            last_used_at=used.last_used_at,
        )


class MacroPage(View):
    """A page of macros, most used first."""

    items: list[MacroView]
    next_cursor: str | None


class StepView(View):
    """`seq` is the entry the step stands in; `code` tells why it was refused."""

    step: StepLabel
    outcome: Literal["done", "unchanged", "refused"]
    seq: int | None
    code: str | None

    @classmethod
    def of(cls, step: Step) -> "StepView":
        """The view of a step."""
        return cls.model_validate(step)


class PreviewView(View):
    """What would be written and done now. With `refused_by` the whole would be refused by the error of that code."""

    language: LanguageName
    reply: str | None
    note: str | None
    steps: list[StepView]
    refused_by: str | None

    @classmethod
    def of(cls, preview: Preview) -> "PreviewView":
        """The view of a preview."""
        return cls(
            language=preview.language,
            reply=preview.texts.reply,
            note=preview.texts.note,
            steps=[StepView.of(step) for step in preview.steps],
            refused_by=preview.refused_by,
        )


class AppliedView(View):
    """What came of each step, and the ticket after them."""

    macro_id: str
    steps: list[StepView]
    ticket: TicketView

    @classmethod
    def of(cls, applied: Applied) -> "AppliedView":
        """The view of an application."""
        steps = [StepView.of(step) for step in applied.steps]
        return cls(macro_id=applied.macro.id, steps=steps, ticket=TicketView.of(applied.ticket))
