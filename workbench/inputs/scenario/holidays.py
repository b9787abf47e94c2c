"""Public holidays with the days that make up for them, and the days of the week as scenarios name them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
#: A day that makes up for a holiday lies at most so far from it (2007 to 2026: 12 days).
REACH = timedelta(days=14)


class PublicDays(NamedTuple):
    """What a country's government makes of a span of years.

    Attributes
    ----------
    off
        public holidays and bridge days, sorted; half days and observances are not among them.
    worked
        weekend days that are worked in return for bridge days (调休上班), sorted.
    announced_until
        the last year whose bridge days and days in return are announced, where the country has such; what is
        after it follows the standing rules, and may change. None where there is nothing to announce.
    """

    off: tuple[date, ...]
    worked: tuple[date, ...]
    announced_until: int | None


@lru_cache(maxsize=64)
def public_days(country: str, first_year: int, last_year: int) -> PublicDays:
    """The public holidays of a country and what is worked in return, from the ``holidays`` library.

    Raises
    ------
    ValueError
        Where the library does not know the country.

    Examples
    --------
    >>> autumn = public_days("CN", 2026, 2026)
    >>> [f"{day:%m-%d}" for day in autumn.worked if day.month > 8], autumn.announced_until >= 2026
    (['09-20', '10-10'], True)
    """
    import holidays

    # Days in return for a year's first holidays may lie in the year before.
    years = range(first_year, last_year + 2)
    try:
        found = holidays.country_holidays(country, years=years, categories=(holidays.PUBLIC,))
    except NotImplementedError:
        raise ValueError(f"country {country!r}: no calendar of public holidays is known") from None
    within = range(first_year, last_year + 1)
    announced = found.special_public_holidays if found.has_substituted_holidays else ()
    return PublicDays(
        tuple(sorted(day for day in found if day.year in within)),
        tuple(sorted(day for day in found.weekend_workdays if day.year in within)),
        max(announced, default=None),
    )
