"""The rows of macros and canned replies."""

from shared.topology.grants import OPEN_FIELDS, SEAL_FIELDS, read, write
from shared.topology.route import Route

MACROS = "macros.use"
MACRO_READ = read("desk")
MACRO_WRITE = (*read("desk"), *write("desk"))
SPEAKING = (*read("desk", "tickets", "identities"), *OPEN_FIELDS)

MACRO_ROUTES: tuple[Route, ...] = (
    Route("macros", "create_macro", "POST", "/api/v1/macros", 201, MACROS, MACRO_WRITE),
    Route("macros", "list_macros", "GET", "/api/v1/macros", 200, MACROS, MACRO_READ),
    Route("macros", "get_macro", "GET", "/api/v1/macros/{macro_id}", 200, MACROS, MACRO_READ),
    Route("macros", "update_macro", "PUT", "/api/v1/macros/{macro_id}", 200, MACROS, MACRO_WRITE),
    Route("macros", "delete_macro", "DELETE", "/api/v1/macros/{macro_id}", 204, MACROS, MACRO_WRITE),
    Route("macros", "preview_macro", "POST", "/api/v1/macros/{macro_id}/preview", 200, MACROS, SPEAKING),
    Route(
        "macros",
        "apply_macro",
        "POST",
        "/api/v1/tickets/{ticket_id}/macros",
        200,
        MACROS,
        (*SPEAKING, *write("desk", "tickets"), *SEAL_FIELDS),
    ),
)
