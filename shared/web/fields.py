"""Field types that several areas' bodies and views share."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints

from shared.kernel.clock import stamp

Time = Annotated[
    datetime,
    PlainSerializer(stamp, return_type=str),
    Field(examples=["2026-11-23T08:00:00.000Z"]),
]
"""RFC 3339, UTC, milliseconds."""

# At least one character that is not white space: what is left after stripping must say something.
# No NUL: PostgreSQL cannot store it, and whoever sends it means something else than text.
# Control characters are named because regular expressions disagree on which of them are white space.
SAYS_SOMETHING = r"^[^\x00]*[^\s\x00-\x20\x7f-\xa0][^\x00]*$"
WITHOUT_NUL = r"^[^\x00]*$"

Subject = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=SAYS_SOMETHING), Field(examples=["技术支持请求"])
]
Content = Annotated[
    str,
    StringConstraints(min_length=1, max_length=20_000, pattern=SAYS_SOMETHING),
    Field(examples=["系统无法正常启动"]),
]
Reason = Annotated[str, StringConstraints(max_length=500, pattern=WITHOUT_NUL), Field(examples=["客户确认已解决"])]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$"), Field(examples=["technical"])]
"""A category: lower-case letters, digits, `-` and `_`."""
Tag = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\s\x00-\x20\x7f-\xa0]+$"), Field(examples=["vip"])
]
Tags = Annotated[list[Tag], Field(max_length=20)]
UserId = Annotated[
    str, StringConstraints(pattern=r"^usr_[0-9a-z]{26}$"), Field(examples=["usr_01kb1x2y3z4a5b6c7d8e9f0g1h"])
]


def _whole(value: object) -> object:
    # JSON has one kind of number: 3.0 is an integer to JSON Schema, and to clients that know no other.
    return int(value) if isinstance(value, float) and value.is_integer() else value


Seq = Annotated[int, Field(ge=0, le=999_999_999_999, examples=[3]), BeforeValidator(_whole)]
"""The number of a timeline entry."""
PriorityName = Literal["low", "normal", "high", "urgent"]
StatusName = Literal["new", "open", "pending", "on_hold", "resolved", "closed"]
OwnerName = Literal["ai", "human"]
LanguageName = Literal["zh", "en"]
ArticleStatusName = Literal["draft", "published", "archived"]
ArticleSlug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$"), Field(examples=["refund-policy"])]
"""An article's address: lower-case letters, digits and `-`; its translations have the same one."""
Title = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=SAYS_SOMETHING), Field(examples=["退款政策"])
]
Markdown = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40_000, pattern=SAYS_SOMETHING),
    Field(examples=["签收后 30 天内可以申请退款。"]),
]
"""Kept and told as text; whoever shows it as HTML escapes or sanitises it.

So many Chinese characters fit into a request even when its JSON escapes each of them with six bytes.
"""
