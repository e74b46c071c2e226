"""A file over real HTTP: announced, uploaded to the emulator's bucket, looked at because the bucket told of it."""

import threading

import httpx
import pytest

from local.readiness import wait_for
from shared.adapters.sqs.poller import SqsPoller
from shared.attachments.scanning import EICAR
from shared.attachments.service import NewFile
from shared.bootstrap.registry import REGISTRY, Wired
from shared.consuming.handlers import queue_handler
from shared.tickets.desk import NewTicket
from tests.builders import KnownPeople, a_caller
from tests.contract.test_ticket_store import set_aws
from tests.emulator import Emulator

PNG = b"\x89PNG\r\n\x1a\n"
CUSTOMER = a_caller()


class Shop:
    """The product's own wiring over the emulator, with a ticket."""

    def __init__(self, env: dict[str, str]) -> None:
        self.wired = Wired(REGISTRY)
        handle = queue_handler("functions.workers.inspect_upload", self.wired)
        self.poller = SqsPoller(env["QUEUE_UPLOADS"], handle, 30, stop=threading.Event(), wait=1)
        desk = self.wired.resolve("ticket_desk")
        self.ticket_id = desk.open(NewTicket("Broken", "See."), CUSTOMER, KnownPeople(), None).id

    def sent(self, content: bytes, type: str) -> str:
        """A file's id, once it is in the bucket."""
        new = NewFile("a.bin", type, len(content))
        made, upload = self.wired.resolve("announcing").announce(self.ticket_id, new, CUSTOMER)
        answer = httpx.post(upload.url, data=upload.fields, files={"file": ("x", content)})
        assert answer.status_code == 204, answer.text
        return str(made.id)

    def state(self, attachment_id: str) -> tuple[str, str | None]:
        """What became of it."""
        found = self.wired.resolve("attachment_reader").get(self.ticket_id, attachment_id)
        return found.state, found.reason

    def settled(self, attachment_id: str) -> tuple[str, str | None]:
        """After the worker has read the queue."""

        def done() -> bool:
            self.poller.poll()
            return self.state(attachment_id)[0] != "pending"

        wait_for(done, 20, "the inspection")
        return self.state(attachment_id)


@pytest.fixture
def shop(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> Shop:
    env = emulator.fresh()
    set_aws(monkeypatch, **env)
    return Shop(env)


def test_the_bucket_tells_of_what_came_in_and_it_is_looked_at(shop: Shop) -> None:
    clean, virus = shop.sent(PNG, "image/png"), shop.sent(EICAR, "text/plain")
    assert shop.settled(clean) == ("clean", None)
    assert shop.settled(virus) == ("refused", "malware")
    showing = shop.wired.resolve("showing")
    address = showing.address(showing.get(shop.ticket_id, clean, CUSTOMER))
    answer = httpx.get(str(address))
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["content-disposition"].startswith("inline")
    assert showing.address(showing.get(shop.ticket_id, virus, CUSTOMER)) is None
