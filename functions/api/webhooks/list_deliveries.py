"""List a webhook's deliveries."""

from functions.api.webhooks.schemas import DeliveryPage, DeliveryView, StatusOfDelivery
from shared.bootstrap import api_handler
from shared.kernel.pages import read_cursor, write_cursor
from shared.web.dependencies import CallerOf, Cursor, Limit
from shared.web.dependencies.webhooks import DeliveryLogOf


def list_deliveries(
    webhook_id: str,
    caller: CallerOf,
    log: DeliveryLogOf,
    status: StatusOfDelivery | None = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> DeliveryPage:
    """List a webhook's deliveries of the last 30 days, newest first.

    A page of one status may be short, or empty, while there is a next one.
    """
    scope = f"deliveries:{webhook_id}:{status}"
    page = log.page(webhook_id, status, caller, limit, read_cursor(cursor, scope, parts=1))
    return DeliveryPage(items=page.map(DeliveryView.of).items, next_cursor=write_cursor(page.next, scope))


handler = api_handler(__name__)
