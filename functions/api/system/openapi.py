"""Serve the API's description."""

import json
from functools import cache
from pathlib import Path

from starlette.responses import Response

from shared.bootstrap import api_handler
from shared.kernel.packed import read_packed

DESCRIPTION = Path(__file__).parents[3] / "docs" / "openapi.json"


@cache
def description() -> bytes:
    """The committed OpenAPI document, which a test holds to the code, without the white space."""
    told = json.loads(read_packed(DESCRIPTION))
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def openapi() -> Response:
    """Serve the API's OpenAPI 3.1 description."""
    return Response(description(), media_type="application/json", headers={"Cache-Control": "public, max-age=300"})


handler = api_handler(__name__)
