"""Aliases for service levels."""

from typing import Annotated

from shared.kernel.wiring import Provide
from shared.sla.desk import BookDesk, BookList

BookListOf = Annotated[BookList, Provide("book_list")]
BookDeskOf = Annotated[BookDesk, Provide("book_desk")]
