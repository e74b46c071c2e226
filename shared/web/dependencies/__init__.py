"""Aliases every area uses: who calls, how often, in which version, which page."""

from typing import Annotated

from fastapi import Path, Query

from shared.identities.caller import Caller
from shared.kernel.idempotency import Once
from shared.kernel.texts import Language
from shared.web.fields import LanguageName
from shared.web.markers import FromRequest

CallerOf = Annotated[Caller, FromRequest("caller")]
"""The verified caller."""
OnceOf = Annotated[Once | None, FromRequest("once")]
"""The request's Idempotency-Key with its scope and fingerprint."""
IfMatchOf = Annotated[int | None, FromRequest("if_match")]
"""The version `If-Match` names; None without the header or for `*`."""
LanguageOf = Annotated[Language, FromRequest("language")]
"""What Accept-Language prefers."""
BaseUrlOf = Annotated[str, FromRequest("base_url")]
"""Scheme and host the request was sent to."""
Criterion = Annotated[str | None, Query(max_length=60)]
"""What a list is narrowed by; a value that nothing has gives an empty list."""
Search = Annotated[
    str | None, Query(min_length=1, max_length=100, description="Part of a name or of an e-mail address.")
]
Limit = Annotated[int, Query(ge=1, le=100, description="Items per page.")]
Cursor = Annotated[
    str | None, Query(max_length=512, description="`next_cursor` of the page before; leave out for the first page.")
]
SlugOf = Annotated[str, Path(max_length=200, description="An article's `slug`.")]
NumberOf = Annotated[int, Path(ge=1, le=999_999_999_999, description="A version, counted from 1.")]
InLanguage = Annotated[
    LanguageName | None, Query(description="Preferred over Accept-Language; what is not there comes in the other one.")
]
Sought = Annotated[str, Query(min_length=1, max_length=200, description="Words or a question, Chinese or English.")]
SinceSeq = Annotated[int, Query(ge=0, le=999_999_999_999, description="Only entries after this one.")]
