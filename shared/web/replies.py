"""What a route returns, as a response: one serialisation, no second validation."""

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from shared.web.conditions import etag


class Body(BaseModel):
    """A request body: unknown fields are refused, not ignored."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class View(BaseModel):
    """A representation we answer with."""

    model_config = ConfigDict(from_attributes=True)


def render(result: object, status: int) -> Response:
    """A model as JSON, with an ETag where it has a version; a Response as it is; nothing as an empty body."""
    if isinstance(result, Response):
        return result
    if not isinstance(result, BaseModel):
        return Response(status_code=status)
    version = getattr(result, "version", None)
    headers = {"ETag": etag(version)} if isinstance(version, int) else None
    return Response(result.model_dump_json(), status, headers, "application/json")
