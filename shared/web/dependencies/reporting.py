"""Aliases for figures."""

from datetime import date
from typing import Annotated

from fastapi import Query

from shared.kernel.wiring import Provide
from shared.reporting.reports import By, Reports

ReportsOf = Annotated[Reports, Provide("reports")]
ByOf = Annotated[By, Query(description="What each row is of.")]
From = Annotated[date | None, Query(alias="from", description="The first day; 29 days before the last if left out.")]
To = Annotated[date | None, Query(alias="to", description="The last day; today if left out.")]
Zone = Annotated[
    str, Query(max_length=64, description="The IANA time zone the days are of.", examples=["Asia/Shanghai"])
]
