"""Errors are facts with a kind; hosts turn the kind into a status or a queue's verdict."""

from enum import Enum
from typing import ClassVar


class ErrorKind(Enum):
    """What went wrong, in the domain's terms."""

    MALFORMED = "malformed"
    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    STALE = "stale"
    TOO_LARGE = "too_large"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class DomainError(Exception):
    """Base of every error a caller is told about.

    Subclasses set `kind`, a stable `code`, and the sentence in both languages; `facts` fill the sentence's `{}` fields
    and must never hold content (messages, names, e-mail addresses).
    """

    kind: ClassVar[ErrorKind] = ErrorKind.INTERNAL
    code: ClassVar[str] = "internal"
    pointer: ClassVar[str] = ""
    """For INVALID: the JSON pointer of the field that is meant; empty for the whole body."""
    en: ClassVar[str] = "Something went wrong on our side."
    zh: ClassVar[str] = "我们的系统出现了问题。"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts

    def detail(self, language: str) -> str:
        """The sentence for a person, in `zh` or `en`."""
        return (self.zh if language == "zh" else self.en).format(**self.facts)


class Unavailable(DomainError):
    """A part we depend on did not answer; trying again later may help."""

    kind = ErrorKind.UNAVAILABLE
    code = "unavailable"
    en = "A part of the system is not available right now. Please try again in a moment."
    zh = "系统的某个部分暂时不可用，请稍后重试。"


class Throttled(Unavailable):
    """A part we depend on asked us to slow down."""

    code = "throttled"


class Misconfigured(DomainError):
    """The deployment is wrong; the log names the setting."""

    code = "misconfigured"


class Forbidden(DomainError):
    """The caller may see the object but not do this."""

    kind = ErrorKind.FORBIDDEN
    code = "forbidden"
    en = "Your role does not allow this."
    zh = "您的角色无权执行此操作。"


class NotFound(DomainError):
    """No such object, or a foreign one: the two must not be told apart."""

    kind = ErrorKind.NOT_FOUND
    code = "not_found"
    en = "There is no such object, or it is not yours to see."
    zh = "该对象不存在，或您无权查看。"


class PersonErased(DomainError):
    """The person this would belong to was erased; nothing new is kept of them."""

    kind = ErrorKind.CONFLICT
    code = "person_erased"
    en = "The person this belongs to was erased; nothing can be added."
    zh = "此内容所属的用户已被删除，无法再添加内容。"


class WriteContention(DomainError):
    """Others kept changing the object while we tried."""

    kind = ErrorKind.CONFLICT
    code = "write_contention"
    en = "Others are changing this at the same moment. Please try again."
    zh = "其他人正在同时修改，请重试。"


class IdempotencyKeyReused(DomainError):
    """The key was used before, with another body."""

    kind = ErrorKind.CONFLICT
    code = "idempotency_key_reused"
    en = "This Idempotency-Key was already used with a different request. Use a new key for a new request."
    zh = "此 Idempotency-Key 已用于另一个请求，请为新请求使用新的键。"


class StaleVersion(DomainError):
    """`If-Match` named another version than the stored one."""

    kind = ErrorKind.STALE
    code = "stale_version"
    en = "The object has changed since you read it. Read it again and repeat the change with the new ETag."
    zh = "该对象在您读取之后已被修改，请重新读取并使用新的 ETag 再次提交。"


class BadCursor(DomainError):
    """The cursor is not one of ours, or belongs to another list."""

    kind = ErrorKind.MALFORMED
    code = "invalid_cursor"
    en = "The cursor is not valid for this list. Leave it out to start from the first page."
    zh = "该游标不适用于此列表。去掉游标即可从第一页开始。"
