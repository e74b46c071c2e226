"""List webhooks."""

from functions.api.webhooks.schemas import WebhookPage, WebhookView
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.webhooks import EndpointListOf


def list_webhooks(caller: CallerOf, webhooks: EndpointListOf, limit: Limit = 25, cursor: Cursor = None) -> WebhookPage:
    """List webhooks, oldest first."""
    page = webhooks.page(caller, limit, read_cursor(cursor, "webhooks", parts=1))
    return WebhookPage(items=page.map(WebhookView.of).items, next_cursor=write_cursor(page.next, "webhooks"))


handler = api_handler(__name__)
