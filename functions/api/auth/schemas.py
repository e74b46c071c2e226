"""Bodies and views of logging in."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from functions.api.users.schemas import Email, UserView
from shared.identities.login import SignedIn
from shared.identities.passwords import MAX_LENGTH
from shared.web.replies import Body, View

Password = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=1, max_length=MAX_LENGTH),
    Field(examples=["correct horse battery"]),
]


class Login(Body):
    """Address and password."""

    email: Email
    password: Password


class CodeAsk(Body):
    """Where to send a code."""

    email: Email


class CodeVerify(Body):
    """The code from the e-mail."""

    email: Email
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$"), Field(examples=["042137"])]


class RefreshAsk(Body):
    """The refresh token, which is good once."""

    refresh_token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class SignedInView(View):
    """Tokens, and whom they speak for."""

    access_token: str = Field(description="For the Authorization header.")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the scheme's name
    expires_in: int = Field(description="Seconds the access token is good for.", examples=[900])
    refresh_token: str = Field(description="Good for one exchange; using it twice ends the session.")
    user: UserView

    @classmethod
    def of(cls, signed_in: SignedIn) -> "SignedInView":
        """The view of a log-in."""
        return cls(
            access_token=signed_in.access.token,
            expires_in=signed_in.access.expires_in,
            refresh_token=signed_in.refresh_token,
            user=UserView.of(signed_in.user, online=True),
        )


class JwkView(View):
    """An Ed25519 public key (RFC 8037)."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    use: Literal["sig"]
    alg: Literal["EdDSA"]
    kid: str
    x: str


class JwkSetView(View):
    """A key set (RFC 7517)."""

    keys: list[JwkView]
