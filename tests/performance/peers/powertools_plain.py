"""Powertools' resolver with validation and boto3, without Logger, Metrics and Tracer."""

from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from tests.performance.peers.models import Ticket, TicketCreate
from tests.performance.peers.powertools_opening import open_ticket

app = APIGatewayHttpResolver(enable_validation=True)


@app.post("/api/v1/tickets")
def create_ticket(body: TicketCreate) -> Response[Ticket]:
    """Open a ticket."""
    return open_ticket(app, body)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The Lambda handler."""
    return app.resolve(event, context)
