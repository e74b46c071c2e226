"""What webhooks refuse."""

from shared.kernel.errors import DomainError, ErrorKind


class UnsafeUrl(DomainError):
    """An address we would not send to."""

    kind = ErrorKind.INVALID
    code = "unsafe_url"
    pointer = "/url"
    en = "Name a public https address by its host name, on port 443 or 8443, without user, password or fragment."
    zh = "请填写公网 https 地址：使用域名，端口为 443 或 8443，不含用户名、密码和片段。"


class TooManyEndpoints(DomainError):
    """Each of them costs something with every entry."""

    kind = ErrorKind.CONFLICT
    code = "too_many_webhooks"
    en = "There are {count} webhooks already. Delete one first."
    zh = "已有 {count} 个 Webhook，请先删除一个。"


class EndpointOff(DomainError):
    """Nothing is sent to an endpoint that is switched off."""

    kind = ErrorKind.CONFLICT
    code = "webhook_disabled"
    en = "This webhook is disabled. Enable it first."
    zh = "该 Webhook 已停用，请先启用。"


class MadeBefore(DomainError):
    """A request with this key made an endpoint before; the use case tells that again."""

    kind = ErrorKind.CONFLICT
    code = "webhook_made_before"

    def __init__(self, endpoint_id: str) -> None:
        super().__init__()
        self.endpoint_id = endpoint_id
