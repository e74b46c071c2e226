"""Aliases for logging in and for users."""

from typing import Annotated

from shared.identities.codes import CodeRequest
from shared.identities.directory import ActivityFeed, Directory
from shared.identities.login import CodeLogIn, LogOut, PasswordLogIn, Refresh
from shared.identities.profiles import Profiles
from shared.identities.registration import Registration
from shared.identities.tokens import JsonWebKeys
from shared.kernel.wiring import Provide

PasswordLogInOf = Annotated[PasswordLogIn, Provide("password_log_in")]
CodeRequestOf = Annotated[CodeRequest, Provide("code_request")]
CodeLogInOf = Annotated[CodeLogIn, Provide("code_log_in")]
RefreshOf = Annotated[Refresh, Provide("session_refresh")]
LogOutOf = Annotated[LogOut, Provide("log_out")]
JsonWebKeysOf = Annotated[JsonWebKeys, Provide("json_web_keys")]
RegistrationOf = Annotated[Registration, Provide("registration")]
ProfilesOf = Annotated[Profiles, Provide("profiles")]
DirectoryOf = Annotated[Directory, Provide("directory")]
ActivityFeedOf = Annotated[ActivityFeed, Provide("activity_feed")]
