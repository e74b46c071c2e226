"""Show the API's description as a page."""

import json

from starlette.responses import Response

from functions.api.system.openapi import description
from shared.bootstrap import api_handler
from shared.web.dependencies import LanguageOf
from shared.web.reference_page import POLICY, page_of


def docs(language: LanguageOf) -> Response:
    """Show the API's description as a page that needs no script and nothing from elsewhere."""
    page = page_of(json.loads(description()), language)
    headers = {"Content-Security-Policy": POLICY, "Content-Language": "zh-CN" if language == "zh" else "en"}
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)


handler = api_handler(__name__)
