"""The built pages (`web/dist`), read once when the container starts and served from memory."""

import gzip
import hashlib
import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOREVER = "public, max-age=31536000, immutable"
"""For names that change with what they hold."""
SOON = "public, max-age=300"
"""For the loader, whose address stands on other people's sites."""
ASK = "no-cache"
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".md": "text/markdown"}
PACKED = frozenset({".js", ".css", ".html", ".md", ".svg"})
COMMON = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
MISSING = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages not built · 页面尚未构建</title>'
    "<main><h1>The pages are not built</h1><p>Run <code>make web</code> and start the container again. "
    "The API works without them.</p>"
    '<div lang="zh-CN"><h1>页面尚未构建</h1><p>请运行 <code>make web</code>，然后重新启动容器。API 不受影响。</p>'
    "</div></main></html>"
)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    content: bytes
    packed: bytes | None
    headers: dict[str, str]

    def answer(self, request: Request) -> Response:
        """The file, or 304 for whoever has it."""
        if request.headers.get("if-none-match") == self.headers["ETag"]:
            return Response(status_code=304, headers=self.headers)
        if self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, headers={**self.headers, "Content-Encoding": "gzip"})
        return Response(self.content, headers=self.headers)


def policy_of(frame: str, sockets: str = "", style: str = "") -> str:
    """A Content-Security-Policy under which only our own files run; `frame` says who may embed the page."""
    connect = f"'self' {sockets}".strip()
    styles = f"'self' {style}".strip()
    return (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self' data:; connect-src {connect}; "
        f"frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frame}"
    )


def read_assets(folder: Path, sockets: str = "") -> dict[str, Asset]:
    """The files by address; none when the folder is not there. `sockets`: an origin of sockets that is not ours."""
    files = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    return {_address(path.relative_to(folder)): _asset(path, folder, sockets) for path in files}


def _address(path: Path) -> str:
    return f"/{path.parent}/" if path.name == "index.html" else f"/{path.as_posix()}"


def _asset(path: Path, folder: Path, sockets: str) -> Asset:
    content, kind = path.read_bytes(), path.suffix
    media = TYPES.get(kind) or mimetypes.types_map.get(kind, "application/octet-stream")
    headers = {
        **COMMON,
        "Content-Type": f"{media}; charset=utf-8",
        "Cache-Control": _cache(path.relative_to(folder)),
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Vary": "Accept-Encoding",
        "Cross-Origin-Resource-Policy": "cross-origin" if path.name == "loader.js" else "same-origin",
    }
    if kind == ".html":
        anywhere = path.parent.name == "widget"
        headers["Content-Security-Policy"] = policy_of("*" if anywhere else "'none'", sockets)
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        if anywhere:
            # A page that embeds it under its own isolation must be able to.
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return Asset(content, gzip.compress(content, mtime=0) if kind in PACKED else None, headers)


def _cache(path: Path) -> str:
    if path.parts[0] == "assets":
        return FOREVER
    return SOON if path.name == "loader.js" else ASK


def static_routes(assets: dict[str, Asset]) -> list[Route]:
    """A route for each file, so no address leads anywhere else; where nothing is built, pages that say so."""
    if not assets:
        return [Route(path, _missing) for path in ("/console/", "/widget/", "/loader.js")]
    return [Route(address, _serve(asset)) for address, asset in assets.items()]


def _serve(asset: Asset) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        return asset.answer(request)

    return serve


async def _missing(request: Request) -> Response:
    headers = {**COMMON, "Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    return Response(MISSING, 503, headers, "text/html; charset=utf-8")
