"""The same FastAPI app in a container, with reading a ticket beside opening one."""

import os

import uvicorn
from fastapi import HTTPException

from tests.performance.peers import store
from tests.performance.peers.fastapi_mangum import CurrentUser, app
from tests.performance.peers.models import Ticket


@app.get("/api/v1/tickets/{ticket_id}")
def get_ticket(ticket_id: str, user_id: CurrentUser) -> Ticket:
    """Read a ticket."""
    ticket = store.get(ticket_id)
    if ticket is None or ticket.requester_id != user_id:
        raise HTTPException(404, "Not found")
    return ticket


@app.get("/health/live")
def live() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
