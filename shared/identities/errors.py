"""What can be wrong with a person's claim to be someone."""

from shared.kernel.errors import DomainError, ErrorKind, Unavailable


class EmailTaken(DomainError):
    """Registration of an address that has an account."""

    kind = ErrorKind.CONFLICT
    code = "email_taken"
    en = "There is already an account with this e-mail address. Log in instead."
    zh = "该邮箱已注册，请直接登录。"


class WeakPassword(DomainError):
    """Too short, too long, or among the passwords everyone tries first."""

    kind = ErrorKind.INVALID
    code = "weak_password"
    pointer = "/password"
    en = "Choose a password of 10 to 128 characters that is not a common one."
    zh = "请设置 10 到 128 个字符且不常见的密码。"


class LastAdmin(DomainError):
    """The change would leave nobody to administer the system."""

    kind = ErrorKind.CONFLICT
    code = "last_admin"
    en = "This is the last administrator. Make someone else an administrator first."
    zh = "这是最后一位管理员，请先指定另一位管理员。"


class InvalidCredentials(DomainError):
    """Unknown address, no password, or the wrong one: all the same."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "invalid_credentials"
    en = "The e-mail address or the password is wrong."
    zh = "邮箱或密码错误。"


class TooManyAttempts(DomainError):
    """`retry_after` has the seconds to wait."""

    kind = ErrorKind.RATE_LIMITED
    code = "too_many_attempts"
    en = "Too many failed attempts. Try again in {retry_after} seconds, or log in with a code sent to your e-mail."
    zh = "失败次数过多，请在 {retry_after} 秒后重试，或使用邮箱验证码登录。"


class InvalidCode(DomainError):
    """Wrong, used, expired or never sent: all the same."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "invalid_code"
    en = "The code is wrong or has expired. Ask for a new one."
    zh = "验证码错误或已过期，请重新获取。"


class InvalidRefreshToken(DomainError):
    """No such session, or one that was ended or has expired."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "invalid_refresh_token"
    en = "Your session has ended. Please log in again."
    zh = "会话已结束，请重新登录。"


class RefreshTokenReused(DomainError):
    """A token that was already exchanged: one of two holders is a thief, so the whole family ends."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "refresh_token_reused"
    en = "This refresh token was already used, so the session has been ended for safety. Please log in again."
    zh = "该刷新令牌已被使用，为安全起见会话已终止，请重新登录。"


class MissingToken(DomainError):
    """No bearer token where one is needed."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "missing_token"
    en = "Send an access token in the Authorization header."
    zh = "请在 Authorization 头中提供访问令牌。"


class InvalidToken(DomainError):
    """The access token is not one of ours, or not for us."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "invalid_token"
    en = "The access token is not valid."
    zh = "访问令牌无效。"


class TokenExpired(DomainError):
    """The access token was good once."""

    kind = ErrorKind.UNAUTHENTICATED
    code = "token_expired"
    en = "The access token has expired. Refresh it."
    zh = "访问令牌已过期，请刷新。"


class NoSigningKey(Unavailable):
    """A fresh deployment has no key to sign with yet."""

    code = "no_signing_key"
    en = "This deployment has no signing key yet. Its operator should run the admin command once, or wait an hour."
    zh = "该部署尚无签名密钥。请运维人员运行一次管理员命令，或等待一小时。"
