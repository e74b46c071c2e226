"""Every route in one process: HTTP on PORT, metrics on METRICS_PORT."""

import os
import threading
from types import FrameType

import uvicorn

from functions.container.files import file_routes
from functions.container.metrics import RequestMetrics
from functions.container.pages import page_routes
from functions.container.sockets import SocketThreads
from shared.adapters.filestore.files import DirectoryFiles
from shared.bootstrap import REGISTRY, WIRING, Wired
from shared.bootstrap.logs import configure_logs
from shared.config import HostSettings, RealtimeSettings, read
from shared.realtime.frames import FRAME_LIMIT
from shared.realtime.hinting import HintingCommits, HintingTickets
from shared.topology.routes import ROUTES
from shared.web.app import create_app


class DrainingServer(uvicorn.Server):
    """Told to stop, it first says so to whoever asks for readiness, and serves on until traffic has moved away."""

    def __init__(self, config: uvicorn.Config, drain_seconds: float) -> None:
        super().__init__(config)
        self._drain_seconds = drain_seconds
        self._draining = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal starts the drain, a second ends it."""
        WIRING.resolve("readiness").stopping = True
        if self._draining or not self._drain_seconds:
            super().handle_exit(sig, frame)
            return
        self._draining = True
        timer = threading.Timer(self._drain_seconds, super().handle_exit, (sig, frame))
        timer.daemon = True
        timer.start()


def hinting_wiring() -> Wired:
    """The process's own wiring, with a store that tells the sockets of what is written here."""
    shared = {name: WIRING.resolve(name) for name in ("transport", "relay", "readiness", "clock", "ids", "key_ring")}
    hinting = {
        "ticket_store": HintingTickets(WIRING.resolve("ticket_store"), shared["relay"]),
        "answer_commits": HintingCommits(WIRING.resolve("answer_commits"), shared["relay"]),
    }
    return Wired(REGISTRY, {**shared, **hinting})


def main() -> None:
    """Serve until told to stop; requests in flight are finished first."""
    configure_logs()
    settings = read(HostSettings)
    metrics = RequestMetrics()
    metrics.serve(settings.host, settings.metrics_port)
    wiring = hinting_wiring()
    sockets = SocketThreads(wiring, read(RealtimeSettings))
    app = create_app(ROUTES, wiring, observer=metrics)
    app.router.routes.append(sockets.host.route)
    files = wiring.resolve("files_to_keep")
    if isinstance(files, DirectoryFiles):
        app.router.routes.extend(file_routes(files, wiring.resolve("inspecting")))
    app.router.routes.extend(page_routes(wiring, read(RealtimeSettings)))
    sockets.start()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=25,
        ws="websockets-sansio",
        # A frame a little over our own limit still gets an answer that says so; beyond that the socket just closes.
        ws_max_size=4 * FRAME_LIMIT,
        ws_ping_interval=20,
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,
    )
    DrainingServer(config, settings.drain_seconds).run()


if __name__ == "__main__":
    main()
