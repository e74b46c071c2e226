"""One-time log-in codes: asked for without a look, sent by a worker."""

from shared.identities.models import CODE_DIGITS, CODE_LIFE, LoginCode, email_key
from shared.identities.ports import LoginCodes, Mail, Mailer, UserReader
from shared.kernel.ports import Clock, Ids, JobQueue
from shared.kernel.texts import Language

SUBJECTS: dict[Language, str] = {
    "en": "Your log-in code",
    "zh": "您的登录验证码",
}
TEXTS: dict[Language, str] = {
    "en": "Your log-in code is {code}. It is good for {minutes} minutes and for one log-in.\n\n"
    "If you did not ask for it, ignore this e-mail. Never give the code to anyone.\n",
    "zh": "您的登录验证码是 {code}，{minutes} 分钟内有效，仅可使用一次。\n\n"
    "如果这不是您本人的操作，请忽略此邮件。请勿将验证码告诉任何人。\n",
}


def code_mail(to: str, code: str, language: Language) -> Mail:
    """The e-mail with a code."""
    minutes = int(CODE_LIFE.total_seconds()) // 60
    return Mail(to, SUBJECTS[language], TEXTS[language].format(code=code, minutes=minutes))


class CodeRequest:
    """Asks for a code. Reads nothing, so neither the answer nor its time tells whether the address is known."""

    def __init__(self, jobs: JobQueue) -> None:
        self._jobs = jobs

    def request(self, email: str) -> None:
        """Queue the job that sends it."""
        self._jobs.send({"email_key": email_key(email)})


class CodeSending:
    """Makes a code and mails it; a repeated job replaces the code."""

    def __init__(self, users: UserReader, codes: LoginCodes, mailer: Mailer, clock: Clock, ids: Ids) -> None:
        self._users = users
        self._codes = codes
        self._mailer = mailer
        self._clock = clock
        self._ids = ids

    def send(self, key: str) -> bool:
        """Whether a code went out: not to an unknown or disabled account, nor past the hourly number."""
        user = self._users.find_by_email(key)
        if user is None or user.disabled:
            return False
        digits = self._ids.digits(CODE_DIGITS)
        code = LoginCode.following(self._codes.find(key), key, digits, self._clock.now())
        if code is None:
            return False
        self._codes.put(code)
        self._mailer.send(code_mail(user.email, digits, user.language))
        return True
