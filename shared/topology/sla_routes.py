"""The rows of service levels."""

from shared.topology.grants import read, write
from shared.topology.route import Route

SLA = "sla.manage"

SLA_ROUTES: tuple[Route, ...] = (
    Route("sla", "get_sla", "GET", "/api/v1/sla", 200, SLA, read("desk")),
    Route("sla", "put_sla", "PUT", "/api/v1/sla", 200, SLA, (*read("desk"), *write("desk"))),
)
