"""Rows of the routes of figures."""

from shared.topology.grants import read
from shared.topology.route import Route

REPORT_ROUTES: tuple[Route, ...] = (
    Route("reports", "get_overview", "GET", "/api/v1/insights/overview", 200, "insights.read", read("insights")),
    Route("reports", "get_breakdown", "GET", "/api/v1/insights/breakdown", 200, "insights.read", read("insights")),
    Route("reports", "export_breakdown", "GET", "/api/v1/insights/export", 200, "insights.read", read("insights")),
)
