"""How numbers and dates are written, once: shares, targets, points, chances, counts, money, days.

A sentence is a claim about its numbers, and rounding must not make it a false one. So a share that is neither nothing
nor all is never written as 0 % or 100 %, and `labels.text` writes the shares of one sentence with as many decimals as
it takes to keep them in their true order: 59.96 % is not "60.0 %" where the sentence says that it is below 60 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from workbench.labels import Spoken, language, text

if TYPE_CHECKING:
    import pandas as pd

#: Decimals of a percentage, at most: beyond them two shares count as equal.
MOST_DECIMALS = 6
#: Shares that differ by less are one: no campaign counts a hundred million organizations.
EQUAL = 1e-9
#: Decimals of points, at most: what is smaller is nothing.
MOST_POINTS = 3
#: So long is told in seconds, 60 times as long in minutes, the rest in hours.
SOON = 100.0
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Share(str):
    """A share as it is written, which remembers its value: `labels.text` adds decimals where its sentence needs them.

    Attributes
    ----------
    value
        the share itself, 0.655 for "65.5%".
    digits
        decimals of the percentage.
    exact
        whether somebody set it (a target): it is written as it was set, and never with more decimals.
    """

    value: float
    digits: int
    exact: bool

    def __new__(cls, value: float, digits: int = 1, exact: bool = False) -> Self:
        """Write a share."""
        self = super().__new__(cls, _exact(value) if exact else _fixed(value, digits))
        self.value, self.digits, self.exact = float(value), digits, exact
        return self

    def __reduce__(self) -> tuple[type[Share], tuple[float, int, bool]]:
        """A copy remembers its value, too."""
        return Share, (self.value, self.digits, self.exact)

    def beside(self, others: Iterable[object]) -> Share:
        """The share as it is written beside others, so that what is less, equal or more also reads so."""
        if self.exact or not math.isfinite(self.value):
            return self
        shares = [each for each in others if isinstance(each, Share) and math.isfinite(each.value)]
        digits = self.digits
        while digits < MOST_DECIMALS and not all(_in_order(self, each, digits) for each in shares):
            digits += 1
        return self if digits == self.digits else Share(self.value, digits)


def percent(share: float, digits: int = 1) -> Share:
    """A share as a percentage, with more decimals where fewer would make it nothing or all.

    >>> percent(0.6523), percent(0.6, 0), percent(0.9996), percent(0.00004), percent(-0.0), percent(1.0)
    ('65.2%', '60%', '99.96%', '0.004%', '0.0%', '100.0%')
    """
    while digits < MOST_DECIMALS and not all(_kept_apart(share, digits, end) for end in (0.0, 1.0)):
        digits += 1
    return Share(share, digits)


def target_percent(share: float) -> Share:
    """A target, as whoever set it writes it.

    >>> target_percent(0.6), target_percent(0.625), target_percent(0.644)
    ('60%', '62.5%', '64.4%')
    """
    return Share(share, exact=True)


def signed_points(share: float, typeset: bool = False) -> str:
    """A difference of shares in percentage points, signed; ``typeset`` with a true minus, for figures.

    >>> signed_points(-0.173), signed_points(0.0004), signed_points(-0.0000001), signed_points(-0.173, typeset=True)
    ('-17.3', '+0.04', '0.0', '−17.3')
    """
    return _signed(share, bare_points(abs(share)), "−" if typeset else "-")


def bare_points(share: float) -> str:
    """How many percentage points a share is, without a plus.

    >>> bare_points(0.1771), bare_points(0.0002), bare_points(-0.01), bare_points(-0.0)
    ('17.7', '0.02', '-1.0', '0.0')
    """
    if not math.isfinite(share):
        return NOTHING
    digits = 1
    while digits < MOST_POINTS and round(abs(share) * 100, digits) == 0.0:
        digits += 1
    rounded = round(share * 100, digits) + 0.0
    return f"{rounded:.{digits if rounded else 1}f}"


def in_points(share: float) -> str:
    """How many percentage points a share is, in words.

    >>> in_points(0.1771)
    '17.7 points'
    """
    return text("number.points", points=bare_points(share))


class Change(NamedTuple):
    """A share before and after, and what it gains, as they are written side by side.

    before, after : percentages. gain : percentage points, signed.
    """

    before: str
    after: str
    gain: str


def change(before: float, after: float) -> Change:
    """A share before and after and its gain in points, each with as many decimals as it takes for the ends as written
    to differ by the gain as written.

    >>> change(0.97651, 0.98044), change(0.412, 0.434)
    (Change(before='97.65%', after='98.04%', gain='+0.39'), Change(before='41.2%', after='43.4%', gain='+2.2'))
    """
    least = max(percent(before).digits, percent(after).digits)
    for digits in range(least, max(least, MOST_POINTS) + 1):
        between = round(_rounded(after, digits) - _rounded(before, digits), digits)
        if between == round((after - before) * 100, digits):
            break
    # Beyond that many decimals nobody reads the truth of the last one: then the gain is what the ends say.
    return Change(_fixed(before, digits), _fixed(after, digits), _signed(between, f"{abs(between):.{digits}f}"))


def change_words(before: float, after: float) -> str:
    """A share before and after, with what it gains; that it stays, where it does as it is written.

    >>> change_words(0.412, 0.434), change_words(0.414303, 0.414297), change_words(0.5, 0.5)
    ('41.2% → 43.4% (+2.2 points)', '41.4%, unchanged at this precision', '50.0%, unchanged')
    """
    found = change(before, after)
    if found.before != found.after:
        return text("number.change", **found._asdict())
    key = "number.unchanged" if abs(after - before) < EQUAL else "number.unchanged_as_written"
    return text(key, share=found.before)


def points_between(value: float, low: float, high: float, said: str = "") -> str:
    """A difference of shares in percentage points, with its interval; ``said`` as `change` writes it beside its ends.

    >>> points_between(0.012, -0.001, 0.025)
    '+1.2 [-0.1, +2.5]'
    """
    return f"{said or signed_points(value)} [{signed_points(low)}, {signed_points(high)}]"


def percent_between(value: float, low: float, high: float, digits: int = 1) -> str:
    """A share with its interval.

    >>> percent_between(0.415, 0.38, 0.45)
    '41.5% [38.0%, 45.0%]'
    """
    return f"{percent(value, digits)} [{percent(low, digits)}, {percent(high, digits)}]"


def odds(value: float, runs: int | None = None) -> str:
    """The share of simulations that reach a target; none of them, if it was none.

    >>> odds(0.415, 1000), odds(0.0, 1000), odds(0.0)
    ('41.5%', 'in 0 of 1,000 simulations', '0.0%')
    """
    if value == 0.0 and runs:
        never = text("number.never_of_thousand") if runs == 1000 else text("number.never", runs=thousands(runs))
        return Spoken(never)
    return percent(value)


def chance_words(estimate: Iterable[float], runs: int | None = None) -> str:
    """A probability with its interval; how many simulations never reached the target, if none did.

    Parameters
    ----------
    estimate
        value, low and high.
    runs
        how many simulations it rests on, where the estimate does not know it.

    Examples
    --------
    >>> chance_words((0.415, 0.38, 0.45))
    '41.5% [38.0%, 45.0%]'
    >>> chance_words((0.0, 0.0, 0.004), 1000)
    'in 0 of 1,000 simulations'
    """
    value, low, high = estimate
    runs = runs or getattr(estimate, "trials", 0)
    return odds(value, runs) if value == 0.0 and runs else percent_between(value, low, high)


def thousands(number: float) -> str:
    """A whole number with its thousands apart.

    >>> thousands(1200)
    '1,200'
    """
    return f"{number:,.0f}"


def signed(number: float) -> str:
    """A whole number more or less.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '-2', '0')
    """
    return f"{number:+,.0f}" if round(number) else "0"


def money(yuan: float) -> str:
    """An amount of money in whole yuan.

    >>> money(112800.0)
    '112,800'
    """
    return thousands(round(yuan) + 0.0)


def signed_decimal(number: float, digits: int = 1) -> str:
    """An amount more or less.

    >>> signed_decimal(0.25, 2), signed_decimal(-0.25, 2), signed_decimal(-0.001, 2)
    ('+0.25', '-0.25', '0.00')
    """
    words = decimal(number, digits)
    return f"+{words}" if round(number, digits) > 0 else words


def decimal(number: float, digits: int = 1) -> str:
    """A mean of days, kilometres or the like; never a zero with a minus; a dash for what there is none of.

    >>> decimal(6.28), decimal(-0.01), decimal(float("nan"))
    ('6.3', '0.0', '–')
    """
    return f"{round(number, digits) + 0.0:.{digits}f}" if math.isfinite(number) else NOTHING


def duration_words(seconds: float) -> str:
    """How long something takes, as far as it can be foretold.

    >>> duration_words(42.0), duration_words(200.0), duration_words(9000.0)
    ('40 seconds', '3 minutes', '2.5 hours')
    """
    if seconds < SOON:
        return text("number.seconds", count=max(5, 5 * round(seconds / 5)))
    if seconds < 60 * SOON:
        return text("number.minutes", count=round(seconds / 60))
    return text("number.hours", count=decimal(seconds / 3600))


#: What stands where there is no number.
NOTHING = "–"


def iso_date(on: date | pd.Timestamp) -> str:
    """A date as files and tables write it.

    >>> iso_date(date(2027, 8, 1))
    '2027-08-01'
    """
    return f"{on:%Y-%m-%d}"


def date_words(on: Any, year: bool = False) -> str:
    """A date as people say it, with the year where it is not plain.

    >>> date_words(date(2027, 8, 1)), date_words(date(2027, 8, 1), year=True)
    ('1 August', '1 August 2027')
    """
    month = text(f"month.{MONTHS[on.month - 1]}")
    if year:
        return text("number.date_and_year", year=on.year, month=month, day=on.day)
    return text("number.date", month=month, day=on.day)


def short_date(on: date) -> str:
    """A date without its year, as short as a figure needs it.

    >>> short_date(date(2027, 8, 1))
    '1 Aug'
    """
    return text("figure.day", month=text("figure.months").split()[on.month - 1], day=on.day)


def span(first: date, last: date) -> str:
    """A span of dates; the year once where both share it.

    >>> span(date(2027, 7, 15), date(2027, 8, 31))
    '15 July to 31 August 2027'
    """
    chinese = language() == "zh"
    same = first.year == last.year
    begin = date_words(first, year=chinese or not same)
    return text("number.span", first=begin, last=date_words(last, year=not (chinese and same)))


def _fixed(share: float, digits: int) -> str:
    if not math.isfinite(share):
        return NOTHING
    return f"{_rounded(share, digits):.{digits}f}%"


def _signed(number: float, size: str, minus: str = "-") -> str:
    """A number as it is written with its sign; nothing, and what there is none of, has none."""
    return size if not any(digit in size for digit in "123456789") else f"{minus if number < 0 else '+'}{size}"


def _exact(share: float) -> str:
    return f"{round(share * 100, MOST_DECIMALS) + 0.0:.12g}%" if math.isfinite(share) else NOTHING


def _rounded(share: float, digits: int) -> float:
    # Adding 0.0 takes the minus from a zero.
    return round(share * 100, digits) + 0.0


def _written(share: Share, digits: int) -> float:
    return _rounded(share.value, MOST_DECIMALS if share.exact else digits)


def _sign(difference: float, least: float) -> int:
    return 0 if abs(difference) < least else 1 if difference > 0 else -1


def _in_order(one: Share, other: Share, digits: int) -> bool:
    """Whether two shares compare as written as they do in truth."""
    digits = max(digits, 0 if other.exact else other.digits)
    written = _sign(_written(one, digits) - _written(other, digits), 10.0**-MOST_DECIMALS / 2)
    return written == _sign(one.value - other.value, EQUAL)


def _kept_apart(share: float, digits: int, end: float) -> bool:
    return not math.isfinite(share) or abs(share - end) < EQUAL or _rounded(share, digits) != end * 100
