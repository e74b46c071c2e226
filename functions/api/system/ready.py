"""Tell whether requests can be served."""

from typing import Annotated

from starlette.responses import JSONResponse, Response

from functions.api.system.schemas import ReadyView
from shared.bootstrap import api_handler
from shared.identities.readiness import Readiness
from shared.kernel.wiring import Provide


def ready(readiness: Annotated[Readiness, Provide("readiness")]) -> ReadyView | Response:
    """Tell whether requests can be served; 503 while the store does not answer or the process is stopping."""
    checks = readiness.checks()
    if readiness.good(checks):
        return ReadyView(status="ready", checks=checks)
    return JSONResponse(ReadyView(status="not_ready", checks=checks).model_dump(), 503)


handler = api_handler(__name__)
