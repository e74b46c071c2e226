"""Ways of sending e-mail."""

from email import message_from_bytes, policy
from pathlib import Path

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from shared.adapters.mail import ses
from shared.adapters.mail.file import FileMailer
from shared.adapters.mail.ses import SesMailer
from shared.adapters.memory.process import FixedClock
from shared.identities.codes import code_mail
from shared.kernel.errors import Misconfigured, Throttled, Unavailable

MAIL = code_mail("li@example.com", "042137", "zh")


def test_a_file_is_a_whole_readable_mail(tmp_path: Path) -> None:
    mailer = FileMailer(tmp_path / "outbox", "Support <support@example.com>", FixedClock())
    mailer.send(MAIL)
    mailer.send(MAIL)
    files = sorted((tmp_path / "outbox").iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    read = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert (read["To"], read["Subject"]) == ("li@example.com", "您的登录验证码")
    assert "042137" in read.get_content()  # type: ignore[attr-defined]


def test_an_unwritable_outbox_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file, no directory")
    with pytest.raises(Unavailable):
        FileMailer(tmp_path / "outbox", "support@example.com", FixedClock()).send(MAIL)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


@pytest.mark.usefixtures("aws")
def test_ses_takes_a_mail_from_a_verified_sender_only() -> None:
    with mock_aws():
        mailer = SesMailer("support@example.com")
        with pytest.raises(Misconfigured):
            mailer.send(MAIL)
        boto3.client("sesv2").create_email_identity(EmailIdentity="support@example.com")
        mailer.send(MAIL)


@pytest.mark.usefixtures("aws")
def test_every_error_ses_declares_is_mapped() -> None:
    model = boto3.client("sesv2").meta.service_model.operation_model("SendEmail")
    declared = {shape.name for shape in model.error_shapes}
    assert declared <= ses.THROTTLED | ses.UNAVAILABLE | ses.BROKEN


@pytest.mark.parametrize(
    ("code", "status", "ours"),
    [
        ("TooManyRequestsException", 429, Throttled),
        ("SendingPausedException", 400, Unavailable),
        ("SomethingNew", 503, Unavailable),
        ("MessageRejected", 400, Misconfigured),
    ],
)
def test_errors_are_ours(code: str, status: int, ours: type[Exception]) -> None:
    response = {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": {"HTTPStatusCode": status}}
    with pytest.raises(ours), ses.translated():
        raise ClientError(response, "SendEmail")  # type: ignore[arg-type]
