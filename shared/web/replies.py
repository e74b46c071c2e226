"""What a route returns, as a response: one serialisation, no second validation."""

import hashlib
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from shared.kernel.texts import Language
from shared.web.conditions import etag

PUBLIC_SECONDS = 60
"""How long caches may keep what anyone may read: what is withdrawn is gone everywhere after a minute."""


class Body(BaseModel):
    """A request body: unknown fields are refused, not ignored, and nothing is guessed into another type."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, strict=True, defer_build=True)


def _describe_patch(schema: dict[str, Any]) -> None:
    schema["minProperties"] = 1
    for field in schema["properties"].values():
        field.pop("default", None)


LEFT_OUT: Any = None
"""The default of a Patch's fields: their types have no null, so clients cannot send one."""


class Patch(Body):
    """Fields to change; those left out stay."""

    model_config = ConfigDict(json_schema_extra=_describe_patch)

    @model_validator(mode="before")
    @classmethod
    def _something(cls, data: Any) -> Any:
        if data == {}:
            raise PydanticCustomError("nothing_to_change", "Name at least one field to change")
        return data


class View(BaseModel):
    """A representation we answer with."""

    model_config = ConfigDict(from_attributes=True, defer_build=True)


class PublicView(View):
    """What anyone may read, the same for everyone who asks in that language; caches may keep it."""

    language: Language


def build_views() -> None:
    """Build every view there is, before threads could race to build one on its first use."""
    waiting: list[type[BaseModel]] = [View]
    while waiting:
        model = waiting.pop()
        model.model_rebuild()
        waiting += model.__subclasses__()


def render(result: object, status: int) -> Response:
    """A model as JSON, with an ETag where it has a version; a Response as it is; nothing as an empty body."""
    if isinstance(result, Response):
        return result
    if not isinstance(result, BaseModel):
        return Response(status_code=status)
    told = result.model_dump_json().encode()
    return Response(told, status, _headers(result, told), "application/json")


def _headers(result: BaseModel, told: bytes) -> dict[str, str]:
    if isinstance(result, PublicView):
        # Not the version: the list of languages, or the way we show it, may change without one.
        return {
            "ETag": f'"{hashlib.sha256(told).hexdigest()[:32]}"',
            "Cache-Control": f"public, max-age={PUBLIC_SECONDS}",
            "Content-Language": "zh-CN" if result.language == "zh" else "en",
        }
    version = getattr(result, "version", None)
    return {"ETag": etag(version)} if isinstance(version, int) else {}
