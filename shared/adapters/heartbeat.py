"""Something done again and again beside a piece of work, until the work is over."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from shared.kernel.errors import DomainError

_log = logging.getLogger(__name__)


@contextmanager
def heartbeat(every: float, beat: Callable[[], object], name: str) -> Iterator[None]:
    """Call `beat` each `every` seconds from a thread of its own while the block runs; a failed beat is logged."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(every):
            try:
                beat()
            except DomainError as error:
                _log.warning("%s heartbeat failed: %s", name, error.code)

    thread = threading.Thread(target=run, name=f"{name}-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
