"""What service levels refuse."""

from shared.kernel.errors import DomainError, ErrorKind


class UnknownCalendar(DomainError):
    """A policy names a calendar the book has not."""

    kind = ErrorKind.INVALID
    code = "unknown_calendar"
    pointer = "/policies"
    en = "Policy {policy} names a calendar that is not among `calendars`."
    zh = "策略 {policy} 引用的日历不在 calendars 中。"


class NameTwice(DomainError):
    """Two of a kind have one name."""

    kind = ErrorKind.INVALID
    code = "name_twice"
    en = "The name {name} is used twice."
    zh = "名称 {name} 重复。"


class TargetTooLong(DomainError):
    """The working time of a year is not enough."""

    kind = ErrorKind.INVALID
    code = "target_too_long"
    pointer = "/policies"
    en = "Policy {policy} promises more working time than its calendar has in a year."
    zh = "策略 {policy} 承诺的时长超过其日历一年的工作时间。"


class UnknownZone(DomainError):
    """No such time zone."""

    kind = ErrorKind.INVALID
    code = "unknown_time_zone"
    pointer = "/calendars"
    en = "Calendar {calendar} names a time zone that does not exist. Use an IANA name such as Asia/Shanghai."
    zh = "日历 {calendar} 的时区不存在，请使用 IANA 名称，例如 Asia/Shanghai。"


class UnknownCountry(DomainError):
    """No holidays known of it."""

    kind = ErrorKind.INVALID
    code = "unknown_country"
    pointer = "/calendars"
    en = "Calendar {calendar} names a country whose holidays are not known. Use a code such as CN, or list the days."
    zh = "日历 {calendar} 的国家没有节假日数据，请使用 CN 等国家代码，或逐日列出。"


class OffAndInstead(DomainError):
    """A day off that is worked."""

    kind = ErrorKind.INVALID
    code = "off_and_worked"
    pointer = "/calendars"
    en = "Calendar {calendar} has a day that is both off and worked."
    zh = "日历 {calendar} 中有一天既是休息日又是工作日。"


class NothingToTell(DomainError):
    """It was told, met or moved meanwhile."""

    kind = ErrorKind.CONFLICT
    code = "nothing_to_tell"
