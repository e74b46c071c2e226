"""What an erasure refuses."""

from shared.kernel.errors import DomainError, ErrorKind


class AdminsStay(DomainError):
    """Who administers the system is not erased as such."""

    kind = ErrorKind.CONFLICT
    code = "admin_not_erasable"
    en = "Administrators cannot be erased. Give them another role first."
    zh = "无法删除管理员，请先更改其角色。"


class BadCertificate(DomainError):
    """Not a certificate of ours, or changed since it was signed."""

    kind = ErrorKind.INVALID
    code = "bad_certificate"
    en = "This is not a certificate that this key has signed."
    zh = "该证明不是由此密钥签署的。"
