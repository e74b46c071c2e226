"""Views about the system."""

from typing import Literal

from shared.web.replies import View


class HealthView(View):
    """The process answers."""

    status: Literal["ok"]


class ReadyView(View):
    """The process can serve: its store answers and tokens can be checked."""

    status: Literal["ready", "not_ready"]
    checks: dict[str, Literal["ok", "failed"]]
