"""Rate-limit policies by name, and how they are told to clients."""

from dataclasses import dataclass

from shared.kernel.errors import DomainError, ErrorKind
from shared.kernel.ports import Quota


@dataclass(frozen=True, slots=True)
class Policy:
    """So many requests a window, per caller, or per address where there is no caller yet."""

    limit: int
    window: int = 60
    """Seconds"""


POLICIES = {
    "api": Policy(1200),
    "ai": Policy(120),
    "help": Policy(300),
    "login": Policy(60),
    "register": Policy(60),
}


class RateLimited(DomainError):
    """Too many requests."""

    kind = ErrorKind.RATE_LIMITED
    code = "rate_limited"
    en = "Too many requests. Try again in {retry_after} s."
    zh = "请求过于频繁，请在 {retry_after} 秒后重试。"


def headers_of(name: str, quota: Quota) -> dict[str, str]:
    """RateLimit and RateLimit-Policy as in draft-ietf-httpapi-ratelimit-headers-10."""
    return {
        "RateLimit-Policy": f'"{name}";q={quota.limit};w={quota.window}',
        "RateLimit": f'"{name}";r={quota.remaining};t={int(-(-quota.reset // 1))}',
    }
