"""Every route in one process: HTTP on PORT, metrics on METRICS_PORT."""

import os

from functions.container.metrics import RequestMetrics
from shared.bootstrap import WIRING
from shared.bootstrap.logs import configure_logs
from shared.config import HostSettings, read
from shared.topology.routes import ROUTES


def main() -> None:
    """Serve until told to stop; requests in flight are finished first."""
    import uvicorn

    from shared.web.app import create_app

    configure_logs()
    settings = read(HostSettings)
    metrics = RequestMetrics()
    metrics.serve(settings.host, settings.metrics_port)
    app = create_app(ROUTES, WIRING, observer=metrics)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=25,
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,
    )


if __name__ == "__main__":
    main()
