"""Bodies and views of attachments."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from shared.attachments.models import MOST_BYTES, Attachment, Upload
from shared.attachments.service import NewFile, Showing
from shared.attachments.types import ALLOWED
from shared.web.fields import SAYS_SOMETHING, Time
from shared.web.replies import Body, View

FileName = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=SAYS_SOMETHING), Field(examples=["截图.png"])
]
MediaType = Annotated[str, Field(max_length=100, json_schema_extra={"enum": sorted(ALLOWED)}, examples=["image/png"])]


class AttachmentCreate(Body):
    """A file to be uploaded. `size` in bytes must be exact: the store takes no other."""

    name: FileName
    content_type: MediaType
    size: int = Field(ge=1, le=MOST_BYTES, examples=[48_213])

    def to_new(self) -> NewFile:
        """In the domain's terms."""
        return NewFile(self.name.replace("/", "_").replace("\\", "_"), self.content_type, self.size)


class UploadView(View):
    """How to upload: a POST form with `fields` before the part `file`, or a PUT of the bytes with `headers`."""

    method: Literal["POST", "PUT"]
    url: str
    fields: dict[str, str]
    headers: dict[str, str]
    expires_at: Time


class AttachmentView(View):
    """A file of a ticket. `url` is good for minutes and there once the file was found clean."""

    id: str
    ticket_id: str
    name: str
    content_type: str
    size: int
    state: Literal["pending", "clean", "refused"]
    reason: str | None = Field(
        description="Why it was refused: `wrong_size`, `wrong_type`, `malware`, `program`, `macros`, "
        "`encrypted_archive`, `archive_too_large`, `broken_archive`."
    )
    sha256: str | None
    seq: int | None = Field(description="The entry it is shown in.")
    created_at: Time
    url: str | None
    upload: UploadView | None = None

    @classmethod
    def of(cls, attachment: Attachment, url: str | None, upload: Upload | None = None) -> "AttachmentView":
        """The view of a record."""
        return cls(
            id=attachment.id,
            ticket_id=attachment.ticket_id,
            name=attachment.name,
            content_type=attachment.type,
            size=attachment.size,
            state=attachment.state,
            reason=attachment.reason,
            sha256=attachment.sha256,
            seq=attachment.seq,
            created_at=attachment.created_at,
            url=url,
            upload=UploadView.model_validate(upload) if upload else None,
        )

    @classmethod
    def shown(cls, attachment: Attachment, showing: Showing) -> "AttachmentView":
        """With an address to fetch it from."""
        return cls.of(attachment, showing.address(attachment))


class AttachmentPage(View):
    """A page of a ticket's files, oldest first."""

    items: list[AttachmentView]
    next_cursor: str | None
