"""An e-mail as MIME."""

from email.message import EmailMessage
from email.policy import SMTPUTF8

from shared.identities.ports import Mail


def as_mime(mail: Mail, sender: str) -> bytes:
    """RFC 5322 bytes, UTF-8. Registration validated the address; `EmailMessage` refuses line breaks in headers."""
    message = EmailMessage(policy=SMTPUTF8)
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message.set_content(mail.text)
    return message.as_bytes()
