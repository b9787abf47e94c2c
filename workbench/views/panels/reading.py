"""What planners type: numbers and dates as people write them, or a sentence that says what is wanted."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

from workbench.errors import ScenarioError
from workbench.labels import text
from workbench.numbers import date_words, thousands

#: Year, month and day; the year may be left out. In English the month's name, before or after the day.
NUMERIC = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
NAMED = re.compile(r"(?:(\d{1,2})\s+([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\s+(\d{1,2}))(?:\s+(\d{4}))?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BETWEEN = re.compile(r"[,，、;；\n]+")


def read_number(written: str, least: float, most: float, *, whole: bool) -> float:
    """A number as it was meant.

    >>> [read_number(written, 0, 5000, whole=True) for written in ("６０", "1e3", "1,200")]
    [60.0, 1000.0, 1200.0]

    Raises
    ------
    ScenarioError
        it is none, not whole, or out of bounds; it is never taken for another one.
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        number = float(plain) if "_" not in plain else math.nan
    except ValueError:
        number = math.nan
    if not least <= number <= most or (whole and number != int(number)):
        kind = text("panel.kind_whole" if whole else "panel.kind_number")
        beyond = math.isfinite(number) and not least <= number <= most
        example = thousands(least + 1) if whole else f"{least + 0.5:g}"
        bounds = {"least": f"{least:g}", "most": thousands(most), "example": example}
        fault = "panel.number_beyond" if beyond else "panel.number_form"
        raise ScenarioError(text(fault, value=written.strip(), kind=kind, **bounds))
    return number or 0.0  # there is no minus nought


def read_days(written: str, first: date, last: date) -> list[date]:
    """Dates as people write them, within the campaign; the year may be left out.

    >>> read_days("8月24日，2027/08/27", date(2027, 7, 15), date(2027, 8, 31))
    [datetime.date(2027, 8, 24), datetime.date(2027, 8, 27)]

    Raises
    ------
    ScenarioError
        one is no date, or lies outside the campaign.
    """
    plain = unicodedata.normalize("NFKC", written)
    words = [word for part in BETWEEN.split(plain) for word in _apart(part.strip())]
    days = [_day(word, written, first) for word in words]
    for day in days:
        if not first <= day <= last:
            bounds = {"first": date_words(first, year=True), "last": date_words(last, year=True)}
            raise ScenarioError(text("panel.dates_outside", value=date_words(day, year=True), **bounds))
    return days


def _apart(part: str) -> list[str]:
    """Dates that only spaces part, as far as each of them is numeric."""
    words = part.split()
    if all(NUMERIC.fullmatch(word) for word in words):
        return words
    return [part] if part else []


def _day(word: str, written: str, first: date) -> date:
    numeric, named = NUMERIC.fullmatch(word), NAMED.fullmatch(word.lower())
    try:
        if numeric:
            year, month, day = numeric.groups()
            return date(int(year or first.year), int(month), int(day))
        if named:
            before, name, other, after, year = named.groups()
            return date(int(year or first.year), MONTHS.index(name or other) + 1, int(before or after))
    except ValueError:
        pass
    raise ScenarioError(text("panel.dates_form", value=written.strip()))
