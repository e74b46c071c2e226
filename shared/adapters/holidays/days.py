"""Public holidays: China's by `chinesecalendar`, which knows make-up days and announced years only; else `holidays`."""

from datetime import date
from typing import cast

from shared.sla.ports import PublicDays


class LibraryHolidays:
    """A source of holidays; the libraries are loaded on the first use."""

    def countries(self) -> frozenset[str]:
        """Those of `holidays`, China among them."""
        import holidays

        return frozenset(holidays.list_supported_countries())

    def of(self, country: str, years: range) -> PublicDays:
        """The days."""
        return _china(years) if country == "CN" else _elsewhere(country, years)


def _china(years: range) -> PublicDays:
    from chinese_calendar import constants

    known = {day.year for day in constants.holidays}

    def named(days: dict[date, str]) -> tuple[str, ...]:
        return tuple(sorted(day.isoformat() for day in days if day.year in years))

    return PublicDays(
        named(constants.holidays), named(constants.workdays), tuple(year for year in years if year not in known)
    )


def _elsewhere(country: str, years: range) -> PublicDays:
    import holidays

    found = holidays.country_holidays(country, years=years)
    instead = cast("set[date]", getattr(found, "weekend_workdays", set()))
    return PublicDays(
        tuple(sorted(day.isoformat() for day in found if day.year in years)),
        tuple(sorted(day.isoformat() for day in instead if day.year in years)),
        tuple(year for year in years if not found.start_year <= year <= found.end_year),
    )
