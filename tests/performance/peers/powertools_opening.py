"""What both Powertools peers do with a request: token, rate, one transaction, 201."""

from http import HTTPStatus

import jwt
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import ServiceError, UnauthorizedError

from tests.performance.peers import security, store
from tests.performance.peers.models import Ticket, TicketCreate


def open_ticket(app: APIGatewayHttpResolver, body: TicketCreate) -> Response[Ticket]:
    """The answer to the app's current event."""
    try:
        user_id = security.subject(app.current_event.headers["authorization"])
    except jwt.PyJWTError as error:
        raise UnauthorizedError("Invalid token") from error
    if not security.allowed(user_id):
        raise ServiceError(HTTPStatus.TOO_MANY_REQUESTS, "Too many requests")
    return Response(HTTPStatus.CREATED, content_types.APPLICATION_JSON, store.create(body, user_id))
