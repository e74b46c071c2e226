"""Bodies and views of users."""

from typing import Annotated, Literal

from pydantic import EmailStr, Field, StringConstraints

from shared.identities.directory import Profile
from shared.identities.models import NewUser, ProfileChange, User
from shared.identities.passwords import MAX_LENGTH, MIN_LENGTH
from shared.insights.models import Activity
from shared.kernel.texts import Language
from shared.web.fields import SAYS_SOMETHING, Time
from shared.web.replies import LEFT_OUT, Body, Patch, View

RoleName = Literal["customer", "agent", "admin"]
LanguageName = Literal["zh", "en"]
Email = Annotated[EmailStr, Field(max_length=254, examples=["user@example.com"])]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=100, pattern=SAYS_SOMETHING), Field(examples=["John Doe"])
]
NewPassword = Annotated[
    str,
    StringConstraints(strip_whitespace=False, min_length=MIN_LENGTH, max_length=MAX_LENGTH),
    Field(examples=["correct horse battery"]),
]


class UserCreate(Body):
    """A registration. Without a password one logs in by a code sent to the address."""

    email: Email
    name: Name
    password: NewPassword | None = None
    language: LanguageName | None = Field(
        default=None, description="Language of our e-mails to the user; by default what Accept-Language prefers."
    )

    def to_new(self, preferred: Language) -> NewUser:
        """In the domain's terms."""
        return NewUser(self.email, self.name, self.language or preferred, self.password)


class UserUpdate(Patch):
    """Fields to change; those left out stay. `role` is for admins."""

    name: Name = LEFT_OUT
    language: LanguageName = LEFT_OUT
    role: RoleName = LEFT_OUT

    def to_change(self) -> ProfileChange:
        """In the domain's terms."""
        return ProfileChange(self.name, self.language, self.role)


class UserView(View):
    """A user; `online` tells whether they were here within the last minute."""

    id: str = Field(examples=["usr_01kb1x2y3z4a5b6c7d8e9f0g1h"])
    email: str
    name: str
    role: RoleName
    language: LanguageName
    created_at: Time
    updated_at: Time
    last_seen_at: Time | None
    version: int
    online: bool

    @classmethod
    def of(cls, user: User, online: bool) -> "UserView":
        """The view of a user."""
        return cls(
            id=user.id,
            email=user.email,
            name=user.name,
            role=user.role,
            language=user.language,
            created_at=user.created_at,
            updated_at=user.updated_at,
            last_seen_at=user.last_seen_at,
            version=user.version,
            online=online,
        )

    @classmethod
    def of_profile(cls, profile: Profile) -> "UserView":
        """The view of a profile."""
        return cls.of(profile.user, profile.online)


class UserPage(View):
    """A page of users."""

    items: list[UserView]
    next_cursor: str | None


class ActivityView(View):
    """Something the user did. `ref`: the ticket or message it was about, or `password` or `code` for a log-in."""

    id: str
    type: Literal["login", "ticket", "message"]
    at: Time
    ref: str

    @classmethod
    def of(cls, activity: Activity) -> "ActivityView":
        """The view of an act."""
        return cls(id=activity.id, type=activity.type, at=activity.at, ref=activity.ref)


class ActivityPage(View):
    """A page of activity, newest first."""

    items: list[ActivityView]
    next_cursor: str | None
