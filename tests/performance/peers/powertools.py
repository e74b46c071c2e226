"""Powertools' resolver with validation, Logger, Metrics and Tracer, as its documentation combines them."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit

from tests.performance.peers.models import Ticket, TicketCreate
from tests.performance.peers.powertools_opening import open_ticket

tracer = Tracer()
logger = Logger()
metrics = Metrics()
app = APIGatewayHttpResolver(enable_validation=True)


@app.post("/api/v1/tickets")
@tracer.capture_method
def create_ticket(body: TicketCreate) -> Response[Ticket]:
    """Open a ticket."""
    response = open_ticket(app, body)
    logger.info("ticket created")
    metrics.add_metric(name="TicketCreated", unit=MetricUnit.Count, value=1)
    return response


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The Lambda handler."""
    return app.resolve(event, context)
