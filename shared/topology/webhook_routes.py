"""The rows of outbound webhooks."""

from shared.topology.grants import SEAL_FIELDS, read, send, write
from shared.topology.route import Route

WEBHOOKS = "webhooks.manage"
WEBHOOK_READ = read("webhooks")
WEBHOOK_WRITE = (*read("webhooks"), *write("webhooks"))
WEBHOOK_SEND = (*WEBHOOK_WRITE, *send("webhook_deliveries"))

WEBHOOK_ROUTES: tuple[Route, ...] = (
    Route(
        "webhooks",
        "create_webhook",
        "POST",
        "/api/v1/webhooks",
        201,
        WEBHOOKS,
        (*WEBHOOK_WRITE, *SEAL_FIELDS),
    ),
    Route("webhooks", "list_webhooks", "GET", "/api/v1/webhooks", 200, WEBHOOKS, WEBHOOK_READ),
    Route("webhooks", "get_webhook", "GET", "/api/v1/webhooks/{webhook_id}", 200, WEBHOOKS, WEBHOOK_READ),
    Route("webhooks", "update_webhook", "PATCH", "/api/v1/webhooks/{webhook_id}", 200, WEBHOOKS, WEBHOOK_WRITE),
    Route("webhooks", "delete_webhook", "DELETE", "/api/v1/webhooks/{webhook_id}", 204, WEBHOOKS, WEBHOOK_WRITE),
    Route(
        "webhooks",
        "rotate_webhook_secret",
        "POST",
        "/api/v1/webhooks/{webhook_id}/secret",
        200,
        WEBHOOKS,
        (*WEBHOOK_WRITE, *SEAL_FIELDS),
    ),
    Route("webhooks", "send_test_event", "POST", "/api/v1/webhooks/{webhook_id}/test", 202, WEBHOOKS, WEBHOOK_SEND),
    Route(
        "webhooks",
        "list_deliveries",
        "GET",
        "/api/v1/webhooks/{webhook_id}/deliveries",
        200,
        WEBHOOKS,
        WEBHOOK_READ,
    ),
    Route(
        "webhooks",
        "get_delivery",
        "GET",
        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
        200,
        WEBHOOKS,
        WEBHOOK_READ,
    ),
    Route(
        "webhooks",
        "redeliver",
        "POST",
        "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver",
        202,
        WEBHOOKS,
        WEBHOOK_SEND,
    ),
    Route(
        "webhooks",
        "redeliver_failed",
        "POST",
        "/api/v1/webhooks/{webhook_id}/redeliver",
        202,
        WEBHOOKS,
        WEBHOOK_SEND,
        timeout=29,
    ),
)
