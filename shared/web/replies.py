"""What a route returns, as a response: one serialisation, no second validation."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError
from starlette.responses import Response

from shared.web.conditions import etag


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
    version = getattr(result, "version", None)
    headers = {"ETag": etag(version)} if isinstance(version, int) else None
    return Response(result.model_dump_json(), status, headers, "application/json")
