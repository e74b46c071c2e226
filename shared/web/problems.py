"""Errors as RFC 9457 problem details, in the caller's language."""

from typing import Any

from starlette.responses import JSONResponse

from shared.kernel.errors import DomainError, ErrorKind
from shared.kernel.texts import Language
from shared.web.validation import field_errors

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:smart-customer-service:problem:"

STATUS: dict[ErrorKind, int] = {
    ErrorKind.MALFORMED: 400,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.STALE: 412,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.INVALID: 422,
    ErrorKind.RATE_LIMITED: 429,
    ErrorKind.INTERNAL: 500,
    ErrorKind.UNAVAILABLE: 503,
}

TITLES: dict[int, tuple[str, str]] = {
    400: ("Malformed request", "请求格式错误"),
    401: ("Authentication required", "需要身份验证"),
    403: ("Not allowed", "无权操作"),
    404: ("Not found", "未找到"),
    405: ("Method not allowed", "不支持的请求方法"),
    409: ("Conflict", "状态冲突"),
    412: ("Version is stale", "版本已过期"),
    413: ("Content too large", "内容过大"),
    415: ("Unsupported media type", "不支持的内容类型"),
    422: ("Invalid content", "内容无效"),
    429: ("Too many requests", "请求过于频繁"),
    500: ("Internal error", "内部错误"),
    503: ("Temporarily unavailable", "暂时不可用"),
}


class MalformedJson(DomainError):
    """The body is not JSON."""

    kind = ErrorKind.MALFORMED
    code = "malformed_json"
    en = "The request body is not valid JSON in UTF-8."
    zh = "请求正文不是有效的 UTF-8 JSON。"


class BodyTooLarge(DomainError):
    """The body is over the limit."""

    kind = ErrorKind.TOO_LARGE
    code = "body_too_large"
    en = "The request body is larger than 256 KB. Send less, or use attachments."
    zh = "请求正文超过 256 KB。请减少内容或使用附件。"


class UnsupportedMediaType(DomainError):
    """The body is not declared as JSON."""

    kind = ErrorKind.MALFORMED
    code = "unsupported_media_type"
    en = "Send the body as JSON with the header Content-Type: application/json."
    zh = "请以 JSON 发送正文，并设置请求头 Content-Type: application/json。"


class InvalidContent(DomainError):
    """Fields of the request are not as described."""

    kind = ErrorKind.INVALID
    code = "invalid_content"
    en = "Some fields are missing or not as they should be; see errors."
    zh = "部分字段缺失或不符合要求，详见 errors。"


class BadHeader(DomainError):
    """A header of ours is not as described."""

    kind = ErrorKind.MALFORMED
    code = "invalid_header"
    en = "The header {header} is not valid: {rule}."
    zh = "请求头 {header} 无效：{rule}。"


class NoRoute(DomainError):
    """Nothing lives at this path."""

    kind = ErrorKind.NOT_FOUND
    code = "no_such_route"
    en = "There is nothing at this path. See /docs for what there is."
    zh = "该路径不存在，可用接口见 /docs。"


class MethodNotAllowed(DomainError):
    """The path exists, the method does not."""

    kind = ErrorKind.NOT_FOUND
    code = "method_not_allowed"
    en = "This path does not support this method. The Allow header lists those it does."
    zh = "该路径不支持此请求方法，可用方法见 Allow 响应头。"


_STATUS_OF_CODE = {"unsupported_media_type": 415, "method_not_allowed": 405}


def status_of(error: DomainError) -> int:
    """The HTTP status of an error."""
    return _STATUS_OF_CODE.get(error.code) or STATUS[error.kind]


def problem(
    error: DomainError, request_id: str, language: Language, faults: list[dict[str, Any]] | None = None
) -> JSONResponse:
    """The response that tells the error. A 5xx says nothing but the request id and whether trying again may help."""
    status = status_of(error)
    known = status < 500 or status == 503
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + (error.code if known else "internal"),
        "title": TITLES[status][language == "zh"],
        "status": status,
        "detail": (error if known else DomainError()).detail(language),
        "instance": request_id,
        "code": error.code if known else "internal",
    }
    if status == 422:
        body["errors"] = _errors(error, faults, language)
    headers = {"Content-Language": "zh-CN" if language == "zh" else "en"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="api"'
    retry_after = error.facts.get("retry_after") or (1 if status == 503 else None)
    if retry_after and status in (429, 503):
        headers["Retry-After"] = str(retry_after)
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _errors(error: DomainError, faults: list[dict[str, Any]] | None, language: Language) -> list[dict[str, str]]:
    if faults is not None:
        return field_errors(faults, language)
    return [{"pointer": error.pointer, "code": error.code, "detail": error.detail(language)}]
