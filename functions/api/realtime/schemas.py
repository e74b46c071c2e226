"""Views of connection tickets."""

from pydantic import Field

from shared.realtime.entrance import ConnectionTicket
from shared.web.replies import View


class SocketTicketView(View):
    """Connect within `expires_in` seconds to `url` with the ticket as the query parameter `ticket`; it works once."""

    ticket: str
    url: str = Field(examples=["wss://help.example.com/ws"])
    expires_in: int = Field(description="Seconds.", examples=[60])

    @classmethod
    def of(cls, ticket: ConnectionTicket, url: str) -> "SocketTicketView":
        """The view of a ticket."""
        return cls(ticket=ticket.secret, url=url, expires_in=ticket.expires_in)
