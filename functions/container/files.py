"""Takes and serves files where the deployment keeps them in a directory (FILES_DIR), by signed addresses only."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from shared.adapters.filestore.files import DirectoryFiles
from shared.adapters.s3.files import disposition
from shared.kernel.errors import DomainError, NotFound

INERT = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}
"""What is served here runs nothing, whatever it is."""


def file_routes(files: DirectoryFiles, inspecting: Any) -> list[Route]:
    """Routes of the container alone; `inspecting` looks at what came in, as the bucket's event does in AWS."""

    async def put(request: Request) -> Response:
        allowed = files.opened(request.path_params["token"], "put")
        if allowed is None:
            return PlainTextResponse("This address is not valid, or not any more.", 403)
        if request.headers.get("content-type") != allowed.type:
            return PlainTextResponse(f"Content-Type must be {allowed.type}.", 403)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > allowed.size:
                return PlainTextResponse(f"Exactly {allowed.size} bytes are accepted.", 413)
        if len(body) != allowed.size:
            return PlainTextResponse(f"Exactly {allowed.size} bytes are accepted.", 400)
        return await _kept(files, inspecting, allowed.key, bytes(body))

    def get(request: Request) -> Response:
        allowed = files.opened(request.path_params["token"], "get")
        if allowed is None:
            return PlainTextResponse("This address is not valid, or not any more.", 403)
        try:
            content = files.read(allowed.key, 10**9)
        except NotFound:
            return PlainTextResponse("There is no such file.", 404)
        headers = {"Content-Disposition": disposition(allowed.name, allowed.inline), **INERT}
        return Response(content, media_type=allowed.type, headers=headers)

    return [Route("/files/{token}", put, methods=["PUT"]), Route("/files/{token}", get, methods=["GET"])]


async def _kept(files: DirectoryFiles, inspecting: Any, key: str, body: bytes) -> Response:
    def keep() -> int:
        try:
            files.put(key, body, "")
            inspecting.inspect_key(key)
        except DomainError:
            return 503
        return 204

    return Response(status_code=await run_in_threadpool(keep))
