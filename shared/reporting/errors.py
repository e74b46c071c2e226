"""What may be wrong with a question for figures."""

from shared.kernel.errors import DomainError, ErrorKind


class BadSpan(DomainError):
    """The days make no span of time."""

    kind = ErrorKind.MALFORMED
    code = "bad_span"
    en = "`from` must not be after `to`, and a report covers at most {days} days. Ask for a shorter span."
    zh = "from 不能晚于 to，且一份报表最多覆盖 {days} 天。请缩短时间范围。"


class NoSuchZone(DomainError):
    """No such time zone."""

    kind = ErrorKind.MALFORMED
    code = "no_such_zone"
    en = "There is no time zone of that name. Use an IANA name such as Asia/Shanghai or Europe/Berlin."
    zh = "没有这个时区。请使用 IANA 名称，例如 Asia/Shanghai 或 Europe/Berlin。"
