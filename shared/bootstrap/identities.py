"""Users, log-ins, tokens and activity."""

from pathlib import Path
from typing import Any

from shared.bootstrap.platform import endpoint, table
from shared.bootstrap.registry import Wired, provides
from shared.config import MailSettings, TokenSettings, location, read
from shared.identities.administration import AdminCreation
from shared.identities.codes import CodeRequest, CodeSending
from shared.identities.directory import ActiveRoles, ActivityFeed, Directory
from shared.identities.keys import KeyRotation
from shared.identities.login import CodeLogIn, LogIn, LogOut, PasswordLogIn, Refresh
from shared.identities.ports import (
    CredentialStore,
    LoginCodes,
    Mailer,
    PasswordHasher,
    PublicKeys,
    PublicKeyStore,
    SessionOpening,
    Sessions,
    SigningKeys,
    SigningKeyStore,
    TokenCodec,
    UserReader,
    Users,
)
from shared.identities.profiles import Profiles
from shared.identities.readiness import Readiness
from shared.identities.registration import Registration
from shared.identities.tokens import JsonWebKeys, TokenIssuer, TokenVerifier
from shared.insights.ports import ActivityLog, ActivityReader
from shared.sealing.users import OpenedUsers, SealedUsers
from shared.topology import grants

READ = grants.read("identities")
WRITE = (*READ, *grants.write("identities"))


@provides(*READ, uses=("transport",))
def user_rows(wired: Wired) -> UserReader:
    """Users to read, their names and addresses sealed: enough to know what somebody may do."""
    from shared.adapters.dynamodb.users import DynamoUserReader

    return table(DynamoUserReader, wired, "identities")


@provides(*WRITE, uses=("transport",))
def user_row_store(wired: Wired) -> Users:
    """Users to read and write, their names and addresses sealed."""
    from shared.adapters.dynamodb.users import DynamoUsers

    return table(DynamoUsers, wired, "identities")


@provides(uses=("user_rows", "opener"))
def user_reader(wired: Wired) -> UserReader:
    """Users to read."""
    return OpenedUsers(wired.resolve("user_rows"), wired.resolve("opener"))


@provides(uses=("user_row_store", "sealer"))
def users(wired: Wired) -> Users:
    """Users to read and write."""
    return SealedUsers(wired.resolve("user_row_store"), wired.resolve("sealer"))


@provides(*WRITE, uses=("transport",))
def credentials(wired: Wired) -> CredentialStore:
    """Passwords."""
    from shared.adapters.dynamodb.credentials import DynamoCredentials

    return table(DynamoCredentials, wired, "identities")


@provides(*WRITE, uses=("transport",))
def login_codes(wired: Wired) -> LoginCodes:
    """One-time codes."""
    from shared.adapters.dynamodb.credentials import DynamoLoginCodes

    return table(DynamoLoginCodes, wired, "identities")


@provides(*WRITE, uses=("transport",))
def sessions(wired: Wired) -> Sessions:
    """Refresh-token families."""
    from shared.adapters.dynamodb.sessions import DynamoSessions

    return table(DynamoSessions, wired, "identities")


@provides(*grants.write("identities", "insights"), uses=("transport",))
def session_opening(wired: Wired) -> SessionOpening:
    """The one write of a log-in."""
    from shared.adapters.dynamodb.sessions import DynamoSessionOpening

    tables = location("table", "identities"), location("table", "insights")
    return DynamoSessionOpening(wired.resolve("transport"), *tables)


@provides(*grants.read("insights"), uses=("transport",))
def activity_reader(wired: Wired) -> ActivityReader:
    """What people did."""
    from shared.adapters.dynamodb.activity import DynamoActivityReader

    return table(DynamoActivityReader, wired, "insights")


@provides(*grants.write("insights"), uses=("transport",))
def activity_log(wired: Wired) -> "ActivityLog":
    """What people do, to add to."""
    from shared.adapters.dynamodb.activity import DynamoActivityWriter

    return table(DynamoActivityWriter, wired, "insights")


@provides()
def hasher(wired: Wired) -> PasswordHasher:
    """argon2id."""
    from shared.adapters.argon2.hasher import Argon2Hasher

    return Argon2Hasher()


@provides()
def token_codec(wired: Wired) -> TokenCodec:
    """EdDSA tokens."""
    from shared.adapters.jwt.codec import JwtCodec

    settings = read(TokenSettings)
    return JwtCodec(settings.token_issuer, settings.token_audience)


@provides(*grants.read("settings"), uses=("transport",))
def public_keys(wired: Wired) -> PublicKeys:
    """Keys to verify with."""
    from shared.adapters.dynamodb.public_keys import DynamoPublicKeys

    return table(DynamoPublicKeys, wired, "settings")


@provides(*grants.read("settings"), *grants.write("settings"), uses=("transport",))
def public_key_store(wired: Wired) -> PublicKeyStore:
    """Keys to verify with, to change."""
    from shared.adapters.dynamodb.public_keys import DynamoPublicKeyStore

    return table(DynamoPublicKeyStore, wired, "settings")


@provides(*grants.secret("signing_keys"))
def signing_keys(wired: Wired) -> SigningKeys:
    """Keys to sign with."""
    return _signing_keys()


@provides(*grants.secret("signing_keys"), *grants.secret("signing_keys", "write"))
def signing_key_store(wired: Wired) -> SigningKeyStore:
    """Keys to sign with, to change."""
    return _signing_keys()


def _signing_keys() -> SigningKeyStore:
    from shared.adapters.secretsmanager.secrets import BotoSecrets
    from shared.adapters.secretsmanager.signing_keys import SecretSigningKeys

    return SecretSigningKeys(BotoSecrets(endpoint()), location("secret", "signing_keys"))


@provides(*grants.MAIL_SEND, uses=("clock",))
def mailer(wired: Wired) -> Mailer:
    """E-mail out."""
    settings = read(MailSettings)
    if settings.mail == "file":
        from shared.adapters.mail.file import FileMailer

        return FileMailer(Path(settings.mail_dir), settings.mail_from, wired.resolve("clock"))
    from shared.adapters.mail.ses import SesMailer

    return SesMailer(settings.mail_from, endpoint())


@provides(uses=("public_keys", "token_codec", "clock"))
def token_verifier(wired: Wired) -> TokenVerifier:
    """Opens bearer tokens."""
    return TokenVerifier(*_all(wired, "public_keys", "token_codec", "clock"))


@provides(uses=("signing_keys", "token_codec", "clock"))
def token_issuer(wired: Wired) -> TokenIssuer:
    """Signs access tokens."""
    return TokenIssuer(*_all(wired, "signing_keys", "token_codec", "clock"))


@provides(uses=("public_keys", "clock"))
def json_web_keys(wired: Wired) -> JsonWebKeys:
    """The public keys for others."""
    return JsonWebKeys(*_all(wired, "public_keys", "clock"))


@provides(uses=("public_keys",))
def readiness(wired: Wired) -> Readiness:
    """Whether the process can serve."""
    return Readiness(wired.resolve("public_keys"))


@provides(uses=("public_key_store", "signing_key_store", "token_codec", "clock", "ids"))
def key_rotation(wired: Wired) -> KeyRotation:
    """Makes and retires keys."""
    return KeyRotation(*_all(wired, "public_key_store", "signing_key_store", "token_codec", "clock", "ids"))


@provides(uses=("users", "credentials", "hasher", "clock", "ids"))
def registration(wired: Wired) -> Registration:
    """Adds users."""
    return Registration(*_all(wired, "users", "credentials", "hasher", "clock", "ids"))


@provides(uses=("users", "credentials", "sessions", "hasher", "clock", "ids"))
def admin_creation(wired: Wired) -> AdminCreation:
    """The first admin."""
    return AdminCreation(*_all(wired, "users", "credentials", "sessions", "hasher", "clock", "ids"))


@provides(uses=("users", "clock", "ids"))
def profiles(wired: Wired) -> Profiles:
    """Changes users."""
    return Profiles(*_all(wired, "users", "clock", "ids"))


@provides(uses=("user_reader", "presence"))
def directory(wired: Wired) -> Directory:
    """Looks users up."""
    return Directory(*_all(wired, "user_reader", "presence"))


@provides(uses=("user_rows", "activity_reader"))
def activity_feed(wired: Wired) -> ActivityFeed:
    """What a user did."""
    return ActivityFeed(*_all(wired, "user_rows", "activity_reader"))


@provides(uses=("user_rows",))
def people(wired: Wired) -> ActiveRoles:
    """Roles of active users, for tickets."""
    return ActiveRoles(wired.resolve("user_rows"))


@provides(uses=("session_opening", "token_issuer", "clock", "ids"))
def log_in(wired: Wired) -> LogIn:
    """Opens sessions."""
    return LogIn(*_all(wired, "session_opening", "token_issuer", "clock", "ids"))


@provides(uses=("user_reader", "credentials", "hasher", "log_in", "clock", "ids"))
def password_log_in(wired: Wired) -> PasswordLogIn:
    """Log-in by password."""
    return PasswordLogIn(*_all(wired, "user_reader", "credentials", "hasher", "log_in", "clock", "ids"))


@provides(uses=("user_reader", "login_codes", "log_in", "clock"))
def code_log_in(wired: Wired) -> CodeLogIn:
    """Log-in by e-mailed code."""
    return CodeLogIn(*_all(wired, "user_reader", "login_codes", "log_in", "clock"))


@provides(uses=("user_reader", "sessions", "token_issuer", "clock", "ids"))
def session_refresh(wired: Wired) -> Refresh:
    """New tokens for old."""
    return Refresh(*_all(wired, "user_reader", "sessions", "token_issuer", "clock", "ids"))


@provides(uses=("sessions", "clock"))
def log_out(wired: Wired) -> LogOut:
    """Ends sessions."""
    return LogOut(*_all(wired, "sessions", "clock"))


@provides(uses=("login_code_jobs",))
def code_request(wired: Wired) -> CodeRequest:
    """Asks for a code."""
    return CodeRequest(wired.resolve("login_code_jobs"))


@provides(uses=("user_reader", "login_codes", "mailer", "clock", "ids"))
def code_sending(wired: Wired) -> CodeSending:
    """Makes and mails a code."""
    return CodeSending(*_all(wired, "user_reader", "login_codes", "mailer", "clock", "ids"))


def _all(wired: Wired, *names: str) -> list[Any]:
    return [wired.resolve(name) for name in names]
