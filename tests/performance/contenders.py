"""Who is measured."""

OURS = "functions.api.tickets.create_ticket"
USUAL = "tests.performance.peers.powertools"
"""The usual peer: Powertools' resolver with validation, boto3, Logger, Metrics and Tracer."""
PLAIN = "tests.performance.peers.powertools_plain"
FASTAPI = "tests.performance.peers.fastapi_mangum"
NAMES = {
    OURS: "ours",
    USUAL: "Powertools + validation + boto3 + Logger, Metrics, Tracer",
    PLAIN: "Powertools + validation + boto3",
    FASTAPI: "FastAPI + Mangum + boto3",
}
SERVERS = ("functions.container.api", "tests.performance.peers.fastapi_container")
"""Ours and the stock app, each a process that serves HTTP on PORT."""
