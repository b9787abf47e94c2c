"""Public holidays, and the days of the week as scenarios name them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@lru_cache(maxsize=64)
def public_holidays(country: str, first_year: int, last_year: int) -> tuple[date, ...]:
    """The public holidays of a country, from the ``holidays`` library; half days and observances are not
    among them.

    Raises
    ------
    ValueError
        Where the library does not know the country.
    """
    import holidays

    years = range(first_year, last_year + 1)
    try:
        found = holidays.country_holidays(country, years=years, categories=(holidays.PUBLIC,))
    except NotImplementedError:
        raise ValueError(f"country {country!r}: no calendar of public holidays is known") from None
    return tuple(sorted(found))
