"""Signatures, against the specification's reference library in both directions and its published vector."""

import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shared.webhooks.signing import SECRET_BYTES, secret_of, signed_headers

# The vector that the libraries of the specification share.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_is_signed_as_published() -> None:
    headers = signed_headers(ID, AT, BODY, [SECRET])
    assert headers == {"webhook-id": ID, "webhook-timestamp": "1614265330", "webhook-signature": SIGNATURE}


def test_the_reference_library_signs_as_we_do() -> None:
    secret = secret_of(bytes(range(SECRET_BYTES)))
    body = '{"content":"怎么申请退款？"}'
    ours = signed_headers(ID, AT, body.encode(), [secret])["webhook-signature"]
    assert Webhook(secret).sign(ID, AT, body) == ours


def test_the_reference_library_takes_what_we_sign_and_nothing_changed() -> None:
    secret, now, body = secret_of(b"k" * SECRET_BYTES), datetime.now(UTC), '{"content":"你好"}'.encode()
    headers = signed_headers(ID, now, body, [secret])
    assert Webhook(secret).verify(body, headers) == {"content": "你好"}
    for changed in (
        (body + b" ", headers),
        (body, headers | {"webhook-id": "msg_other"}),
        (body, headers | {"webhook-timestamp": str(int(now.timestamp()) + 1)}),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(*changed)


def test_while_secrets_change_both_are_good() -> None:
    new, old = secret_of(b"n" * SECRET_BYTES), secret_of(b"o" * SECRET_BYTES)
    headers = signed_headers(ID, datetime.now(UTC), BODY, [new, old])
    assert len(headers["webhook-signature"].split(" ")) == 2
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, headers) == {"test": 2432232314}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret_of(b"x" * SECRET_BYTES)).verify(BODY, headers)


def test_a_secret_has_the_form_and_length_the_specification_asks_for() -> None:
    secret = secret_of(b"k" * SECRET_BYTES)
    assert secret.startswith("whsec_")
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"))) <= 64
