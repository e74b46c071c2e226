"""What can be wrong with a connection or a frame."""

from shared.kernel.errors import DomainError, ErrorKind


class SocketRefused(DomainError):
    """The connection ticket is unknown, used or expired, or whom it speaks for may no longer come in."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "socket_refused"
    en = "This connection ticket is not valid. Ask for a new one and connect within a minute."
    zh = "连接票据无效，请重新获取并在一分钟内连接。"


class OriginRefused(DomainError):
    """A page of another site tried to connect."""

    kind = ErrorKind.FORBIDDEN
    code = "origin_refused"
    en = "Pages of this origin may not connect."
    zh = "不允许该来源的页面建立连接。"


class BadFrame(DomainError):
    """The frame is no JSON object of a known type and form."""

    kind = ErrorKind.MALFORMED
    code = "bad_frame"
    en = "The frame is not one the server knows."
    zh = "服务器无法识别该帧。"


class FrameTooLarge(DomainError):
    """The frame is over the limit."""

    kind = ErrorKind.TOO_LARGE
    code = "frame_too_large"
    en = "The frame is larger than 4 KB."
    zh = "帧大小超过 4 KB。"


class TooManyFrames(DomainError):
    """The connection sends faster than it may."""

    kind = ErrorKind.RATE_LIMITED
    code = "too_many_frames"
    en = "Too many frames. Connect again and send fewer."
    zh = "发送的帧过多，请重新连接并降低频率。"


class TooManySubscriptions(DomainError):
    """The connection follows as many tickets as it may."""

    kind = ErrorKind.CONFLICT
    code = "too_many_subscriptions"
    en = "This connection follows too many tickets. Unsubscribe from some first."
    zh = "该连接订阅的工单过多，请先取消部分订阅。"


class NotSubscribed(DomainError):
    """A word on a ticket the connection does not follow."""

    kind = ErrorKind.CONFLICT
    code = "not_subscribed"
    en = "Subscribe to the ticket first."
    zh = "请先订阅该工单。"
