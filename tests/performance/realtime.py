"""How soon a message reaches an open screen: `python -m tests.performance.realtime [--rate 50] [--seconds 20]`.

Emulator, cache, api and worker run on this machine. The push is told from the answer to the writer until the frame is
in the other client's hands (0 and below: the screen had it first), and from before the request, with the write itself.
"""

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from local.readiness import wait_for
from tests.emulator import running_emulator
from tests.performance.keeping import Keeping
from tests.realtime_client import RealtimeClient
from tests.realtime_world import Deployment, deployment

Sent = dict[tuple[str, int], tuple[float, float]]
"""By ticket and seq: when the request to write began and when it was answered."""
CUSTOMERS = 10
"""Tickets the messages are spread over: one writer for each, as people write."""


def measure(system: Deployment, rate: float, seconds: float) -> dict[str, Any]:
    """Milliseconds from write to frame at that many messages a second."""
    agent = system.join("agent@example.com", "agent")
    writers = [system.join(f"customer{number}@example.com") for number in range(CUSTOMERS)]
    tickets = {who: system.ticket(who) for who in writers}
    sent: Sent = {}
    with RealtimeClient(lambda: system.ask(agent), *tickets.values()) as client:
        wait_for(lambda: all(client.seqs(ticket) for ticket in tickets.values()), 20, "the backlogs")
        threads = [
            threading.Thread(target=_write, args=(system, who, tickets[who], rate / CUSTOMERS, seconds, sent))
            for who in writers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_for(lambda: sent.keys() <= client.heard_at.keys(), 30, "the last frames")
    heard = client.heard_at
    return {
        "messages": len(sent),
        "write_to_frame_ms": shares((heard[key] - began) * 1000 for key, (began, _) in sent.items()),
        "answer_to_frame_ms": shares((heard[key] - done) * 1000 for key, (_, done) in sent.items()),
        "write_ms": shares((done - began) * 1000 for began, done in sent.values()),
    }


def shares(times: Iterable[float]) -> dict[str, float]:
    """The middle and the slow end."""
    ordered = sorted(times)
    return {f"p{part}": round(ordered[len(ordered) * part // 100], 1) for part in (50, 95, 99)}


def _write(
    system: Deployment,
    who: str,
    ticket_id: str,
    rate: float,
    seconds: float,
    sent: Sent,
) -> None:
    """On a schedule, so that a slow answer does not make the load lighter."""
    writing = Keeping(system.urls[0], system.tokens[who])
    start = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, start + number / rate - time.monotonic()))
        began = time.monotonic()
        entry = writing.post(f"/api/v1/tickets/{ticket_id}/messages", {"content": "hello"})
        sent[ticket_id, entry["seq"]] = (began, time.monotonic())


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--no-cache", action="store_true")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as work,
        running_emulator(Path(work) / "emulator") as emulator,
        deployment(emulator, Path(work) / "run", cache=not given.no_cache) as system,
    ):
        print(json.dumps(measure(system, given.rate, given.seconds)))


if __name__ == "__main__":
    main()
