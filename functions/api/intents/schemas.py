"""Bodies and views of taught intents."""

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.assistant.intents import LEAST_EXAMPLES, MOST_EXAMPLES, Intent
from shared.web.fields import WITHOUT_NUL, Time
from shared.web.replies import Body, View

IntentName = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$"), Field(examples=["warranty_extension"])
]
ExampleText = Annotated[
    str, StringConstraints(min_length=1, max_length=300, pattern=WITHOUT_NUL), Field(examples=["保修期可以延长吗"])
]


class IntentTeach(Body):
    """Texts the intent is meant by, ten or so, in the words of customers but about nobody."""

    examples: Annotated[list[ExampleText], Field(min_length=LEAST_EXAMPLES, max_length=MOST_EXAMPLES)]

    def to_examples(self) -> tuple[str, ...]:
        """In the domain's terms."""
        return tuple(self.examples)


class IntentView(View):
    """A taught intent."""

    name: str = Field(examples=["warranty_extension"])
    examples: list[str]
    updated_at: Time
    updated_by: str

    @classmethod
    def of(cls, intent: Intent) -> "IntentView":
        """The view of an intent."""
        return cls(
            name=intent.name,
            examples=list(intent.examples),
            updated_at=intent.updated_at,
            updated_by=intent.updated_by,
        )


class IntentsView(View):
    """Every taught intent, by name."""

    items: list[IntentView]
