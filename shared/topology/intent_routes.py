"""The rows of intents a team teaches."""

from shared.topology.grants import read, write
from shared.topology.route import Route

INTENTS = "intents.manage"
INTENT_WRITE = (*read("knowledge"), *write("knowledge"))

INTENT_ROUTES: tuple[Route, ...] = (
    Route("intents", "list_intents", "GET", "/api/v1/intents", 200, INTENTS, read("knowledge")),
    Route("intents", "put_intent", "PUT", "/api/v1/intents/{intent_name}", 200, INTENTS, INTENT_WRITE),
    Route("intents", "delete_intent", "DELETE", "/api/v1/intents/{intent_name}", 204, INTENTS, INTENT_WRITE),
)
