"""The topology is data: it needs nothing but Python, and says it without deciding anything at run time."""

import subprocess
import sys

from shared.topology import consumers, resources, routes, schedules, sockets
from tests.architecture.source import ROOT

ALONE = """
import sys
import shared.topology.{name}
ours = [name for name in sys.modules if name.startswith("shared.") and not name.startswith("shared.topology")]
foreign = {{name.split(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names) - {{"shared", "__main__"}}
sys.exit(f"{{ours}} {{foreign}}" if ours or foreign else 0)
"""


def test_the_table_is_read_without_any_package() -> None:
    for name in ("routes", "consumers", "schedules", "sockets", "resources"):
        command = [sys.executable, "-S", "-c", ALONE.format(name=name)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr


def test_rows_cannot_be_changed() -> None:
    rows = (
        *routes.ROUTES,
        *consumers.STREAM_CONSUMERS,
        *consumers.QUEUE_WORKERS,
        *schedules.SCHEDULES,
        *sockets.SOCKET_ROUTES,
    )
    for row in (*rows, *resources.TABLES, *resources.QUEUES, *resources.SECRETS):
        assert type(row).__dataclass_params__.frozen, row
        hash(row)
