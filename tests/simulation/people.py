"""Customers, agents, devices and a thief, each on a task of its own."""

from functools import partial
from typing import Any

from shared.attachments.service import NewFile
from shared.messages.service import NewMessage
from shared.tickets.desk import NewTicket
from shared.tickets.ports import TicketFilter
from shared.tickets.ticket import Ticket
from tests.simulation.client import Client
from tests.simulation.journal import Exchange
from tests.simulation.minds import POISON, RIDDLE

SUBJECTS = ("refund please", "a person please", "weather", f"refund {POISON}", RIDDLE)


class Customer(Client):
    """Opens a ticket, writes in bursts, chats, asks for a person, comes back after the end."""

    def live(self, messages: int) -> None:
        """Until everything was said."""
        self.pause(4.0)
        opening = self.words("open")
        new = NewTicket("Order", opening)
        ticket = self.once(
            "open", opening, lambda once: self.world.desk.open(new, self.caller, self.world.people, once)
        )
        if ticket:
            self.world.sockets.follow(self.name, self.caller, ticket.id)
        for _ in range(messages if ticket else 0):
            self.pause(self.random.choice((0.5, 3.0, 20.0)))
            self.act(ticket.id)

    def words(self, op: str) -> str:
        """No two texts are the same."""
        weights = (6, 1, 3, 1, 1) if op in ("post", "attach") else (6, 1, 3, 0, 1)
        return f"{self.name} {op} {self.count}: {self.random.choices(SUBJECTS, weights)[0]}"

    def act(self, ticket_id: str) -> None:
        """Mostly a message."""
        act = self.random.choices((self.post, self.chat, self.attach, self.resolve, self.ask_person), (8, 4, 2, 1, 1))[
            0
        ]
        act(ticket_id)

    def post(self, ticket_id: str) -> None:
        """Write."""
        text = self.words("post")
        self.once("post", text, lambda once: self.world.messages.add(ticket_id, NewMessage(text), self.caller, once))

    def attach(self, ticket_id: str) -> None:
        """Announce a file, send it, have it looked at, and show it in a message."""
        content = f"{self.name} file {self.count}".encode()
        new = NewFile(f"{self.name}.txt", "text/plain", len(content))
        made = self.answer_to("attach", lambda: self.world.announcing.announce(ticket_id, new, self.caller)).value
        if made is None:
            return
        attachment = made[0]
        self.world.file_store.put(attachment.incoming, content)
        found = self.answer_to("attach", lambda: self.world.inspecting.inspect(ticket_id, attachment.id)).value
        if found is None or found.state != "clean":
            return
        text = self.words("attach")
        message = NewMessage(text, attachments=(found.id,))
        self.once("attach", text, lambda once: self.world.messages.add(ticket_id, message, self.caller, once))

    def chat(self, ticket_id: str) -> None:
        """Write and wait for the answer."""
        text = self.words("chat")
        self.once("chat", text, lambda once: self.world.chat.on_ticket(ticket_id, text, None, self.caller, once, "en"))

    def resolve(self, ticket_id: str) -> None:
        """Done."""
        self.command(
            "resolve",
            "transitioned",
            ticket_id,
            lambda t: self.world.desk.transition(ticket_id, "resolved", None, self.caller, t.version),
        )

    def ask_person(self, ticket_id: str) -> None:
        """Enough of the assistant."""
        self.command(
            "hand_over",
            "handed_over",
            ticket_id,
            lambda t: self.world.desk.hand_over(ticket_id, "wants a person", self.caller, t.version),
        )


class Agent(Client):
    """Takes tickets from the list and does what agents do to them."""

    colleague: str

    def live(self, acts: int) -> None:
        """A shift."""
        watching = False
        self.pause(6.0)
        for _ in range(acts):
            self.pause(10.0)
            page = self.answer_to("list", lambda: self.world.queries.page(TicketFilter(), self.caller, 10, None)).value
            if page and page.items:
                ticket = self.random.choice(page.items)
                if not watching:
                    self.world.sockets.follow(self.name, self.caller, ticket.id)
                    watching = True
                act = self.random.choices(
                    (self.claim, self.reply, self.note, self.move, self.give_back, self.pass_on), (5, 6, 2, 4, 2, 1)
                )[0]
                act(ticket)

    def claim(self, ticket: Ticket) -> None:
        """Only what is free."""
        self.answer_to(
            "claim", lambda: self.world.desk.assign(ticket.id, self.caller.id, self.caller, self.world.people)
        )

    def reply(self, ticket: Ticket) -> None:
        """To what was seen."""
        text = f"{self.name} reply {self.count}"
        new = NewMessage(text, after_seq=ticket.seq)
        self.once(
            "reply",
            text,
            lambda once: self.world.messages.add(ticket.id, new, self.caller, once),
            after_seq=ticket.seq,
        )

    def note(self, ticket: Ticket) -> None:
        """For colleagues."""
        text = f"{self.name} note {self.count}"
        self.once("note", text, lambda once: self.world.messages.add_note(ticket.id, text, self.caller, once))

    def move(self, ticket: Ticket) -> None:
        """One step of the machine."""
        to: Any = self.random.choice(("pending", "resolved", "closed", "closed", "open"))
        self.command(
            "move",
            "transitioned",
            ticket.id,
            lambda t: self.world.desk.transition(ticket.id, to, None, self.caller, t.version),
        )

    def give_back(self, ticket: Ticket) -> None:
        """To the assistant."""
        self.command(
            "give_back",
            "returned_to_ai",
            ticket.id,
            lambda t: self.world.desk.return_to_ai(ticket.id, self.caller, t.version),
        )

    def pass_on(self, ticket: Ticket) -> None:
        """To a colleague, who was seen to be the right one."""
        self.command(
            "pass_on",
            "assigned",
            ticket.id,
            lambda t: self.world.desk.assign(
                ticket.id, self.colleague, self.caller, self.world.people, if_match=t.version, expected=(t.assignee_id,)
            ),
        )


class Remover(Client):
    """An administrator who has somebody erased."""

    def live(self, user_id: str) -> None:
        """Once, whatever it takes."""
        self.pause(40.0)
        self.erase(user_id)

    def erase(self, user_id: str) -> None:
        """Sent again until there is an answer; it may find that it was done before."""
        self.world.journal.erased.add(user_id)
        self.answer_to("erase", lambda: self.world.erasing.request(user_id, self.caller))


class Device(Client):
    """Logs in and keeps the session alive; logs in again when it ended."""

    email: str
    token: str | None = None

    def live(self, rounds: int) -> None:
        """For a while."""
        for _ in range(rounds):
            self.pause(15.0)
            if self.token is None:
                signed = self.answer_to("login", lambda: self.world.password_log_in.log_in(self.email, "secret")).value
                self.token = signed.refresh_token if signed else None
            else:
                self.refresh()

    def refresh(self) -> None:
        """The same token again after a lost reply, as clients do: the server then ends the session."""
        shown = self.token
        reply = self.answer_to("refresh", lambda: exchange(self.world, self.name, str(shown)))
        self.token = reply.value.refresh_token if reply.value else None


class Thief(Client):
    """Copies a device's token and shows it."""

    victim: Device

    def live(self, rounds: int) -> None:
        """More than once."""
        for _ in range(rounds):
            self.pause(30.0)
            stolen = self.victim.token
            for _ in range(3):
                if stolen is None:
                    break
                shown = stolen
                reply = self.answer_to("steal", partial(exchange, self.world, self.name, shown))
                stolen = reply.value.refresh_token if reply.value else None
                self.pause(8.0)


def exchange(world: Any, who: str, token: str) -> Any:
    """Shows a refresh token, and notes when and what came of it."""
    record = Exchange(who, token, world.sim.now)
    world.journal.exchanges.append(record)
    try:
        signed = world.session_refresh.refresh(token)
    except Exception as error:
        record.refused = getattr(error, "code", type(error).__name__)
        raise
    finally:
        record.ended = world.sim.now
    record.fresh = signed.refresh_token
    return signed
