"""What `make run` prints once everything is up: addresses, accounts and three requests to try."""

import json
from typing import Any

from local.data_dir import DataDir
from local.settings import Settings

READ_ACCESS = """python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])'"""
"""Shell: takes the token out of the login's answer, with nothing but Python."""


def welcome(settings: Settings, data: DataDir, emulator: str) -> str:
    """The text; accounts and requests need the demonstration data."""
    addresses = {
        "Help centre": f"{settings.url}/help",
        "Console": f"{settings.url}/console/",
        "API": f"{settings.url}/api/v1",
        "API reference": f"{settings.url}/docs",
        "Metrics": f"http://127.0.0.1:{settings.metrics_port}/metrics",
        "AWS emulator": emulator,
        "Mail": str(data.outbox),
        "Logs": str(data.logs),
    }
    lines = ["", "Smart Customer Service is running. Ctrl-C stops it; the data stays.", ""]
    lines += [f"  {name:<14} {value}" for name, value in addresses.items()]
    accounts = _accounts(data)
    if accounts:
        lines += ["", "Log in as", *(f"  {each['role']:<14} {each['email']}  {each['password']}" for each in accounts)]
    return "\n".join([*lines, "", "Try", *(f"  {line}" for line in _requests(settings.url, accounts)), ""])


def _accounts(data: DataDir) -> list[dict[str, Any]]:
    found = json.loads(data.demo.read_text(encoding="utf-8")) if data.demo.exists() else {}
    accounts: list[dict[str, Any]] = found.get("accounts", [])
    return accounts


def _requests(url: str, accounts: list[dict[str, Any]]) -> list[str]:
    if not accounts:
        return [f"curl -s {url}/health/ready"]
    login = json.dumps({"email": accounts[0]["email"], "password": accounts[0]["password"]})
    return [
        f"curl -s {url}/health/ready",
        f"TOKEN=$(curl -s {url}/api/v1/auth/login -H 'content-type: application/json' -d '{login}' | {READ_ACCESS})",
        f'curl -s {url}/api/v1/tickets -H "authorization: Bearer $TOKEN"',
    ]
