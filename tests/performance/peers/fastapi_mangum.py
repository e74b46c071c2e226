"""FastAPI in Lambda through Mangum, with boto3; see https://mangum.fastapiexpert.com/ and FastAPI's tutorial."""

from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException
from mangum import Mangum

from tests.performance.peers import security, store
from tests.performance.peers.models import Ticket, TicketCreate

app = FastAPI(title="Tickets")


def current_user(authorization: Annotated[str, Header()]) -> str:
    """The token's user, within the rate limit."""
    try:
        user_id = security.subject(authorization)
    except jwt.PyJWTError as error:
        raise HTTPException(401, "Invalid token") from error
    if not security.allowed(user_id):
        raise HTTPException(429, "Too many requests")
    return user_id


CurrentUser = Annotated[str, Depends(current_user)]


@app.post("/api/v1/tickets", status_code=201)
def create_ticket(body: TicketCreate, user_id: CurrentUser) -> Ticket:
    """Open a ticket."""
    return store.create(body, user_id)


handler = Mangum(app, lifespan="off")
