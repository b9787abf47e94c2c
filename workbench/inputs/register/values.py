"""From what stands in a cell to a value: counts, yes or no, numbers, dates. Nothing is guessed.

Every reader works on the *distinct* values of a column, so that a hundred thousand cells cost little more
than the few hundred different ones among them. Full-width digits and signs are read as the plain ones (NFKC).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.inputs.register.columns import KIND_WORDS, Holds
from workbench.spelling import LOST, has_hidden


#: What a reader of one cell answers when it cannot read it: the fault's code.
class Unreadable(NamedTuple):
    code: str


class ParsedColumn(NamedTuple):
    """A column once read.

    Attributes
    ----------
    values
        float64 for counts and numbers (NaN missing), float64 1/0 for flags, datetime64[us] for dates,
        object for text (None missing); shape (rows,).
    missing
        where nothing stands; shape (rows,).
    faults
        fault code -> where; each of shape (rows,).
    shown
        the cells as they stand, for messages; shape (rows,).
    """

    values: npt.NDArray[Any]
    missing: npt.NDArray[np.bool_]
    faults: dict[str, npt.NDArray[np.bool_]]
    shown: npt.NDArray[Any]


YES: Final = frozenset({"true", "1", "yes", "是", "有"})
NO: Final = frozenset({"false", "0", "no", "否", "无"})
_COUNT: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_NUMBER: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")
_YEAR_FIRST: Final = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|年([0-9]{1,2})月([0-9]{1,2})日)(?:[T ]00:00(?::00(?:\.0+)?)?)?"
)
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2,4}|[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}")
#: A floating number holds fifteen digits; of a longer identifier the last ones are lost.
FLOAT_HOLDS: Final = 1e15
#: No Party organization is older than the Party; nothing is planned for the next century.
YEARS: Final = (1921, 2100)


def read_count(cell: str) -> float | Unreadable:
    """A whole number; negative ones are read, and refused by the schema."""
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-")
    if not _COUNT.fullmatch(plain):
        return Unreadable("count_unreadable")
    number = float(plain)
    return number if number.is_integer() else Unreadable("count_fractional")


def read_flag(cell: str) -> float | Unreadable:
    """Yes or no, as 1.0 or 0.0."""
    plain = unicodedata.normalize("NFKC", cell).casefold()
    if plain in YES:
        return 1.0
    return 0.0 if plain in NO else Unreadable("flag_unreadable")


def read_number(cell: str) -> float | Unreadable:
    """A finite number with a decimal point."""
    plain = unicodedata.normalize("NFKC", cell).replace("−", "-")
    if not _NUMBER.fullmatch(plain) or not math.isfinite(number := float(plain)):
        return Unreadable("number_unreadable")
    return number


def read_date(cell: str) -> date | Unreadable:
    """A date with its year first: 2027-08-05, 2027/8/5, 2027.8.5, 2027年8月5日. Others may mean two days."""
    plain = unicodedata.normalize("NFKC", cell)
    if not (found := _YEAR_FIRST.fullmatch(plain)):
        return Unreadable("date_ambiguous" if _YEAR_LAST.fullmatch(plain) else "date_unreadable")
    year, month, day = (int(part) for part in found.groups() if part is not None)
    if not YEARS[0] <= year <= YEARS[1]:
        return Unreadable("date_out_of_range")
    try:
        return date(year, month, day)
    except ValueError:
        return Unreadable("date_unreadable")


_KINDS: Final = {word: kind for kind, words in KIND_WORDS.items() for word in (kind, *words)}


def read_kind(cell: str) -> str:
    """The register's word for a kind of organization; an unknown one stays, and is refused by the schema.

    >>> read_kind("民办非企业单位"), read_kind("club")
    ('service', 'club')
    """
    return _KINDS.get(unicodedata.normalize("NFKC", cell).casefold(), cell)


_READERS: Final[dict[Holds, Callable[[str], Any]]] = {
    "count": read_count,
    "flag": read_flag,
    "number": read_number,
    "date": read_date,
}


def cell_text(value: object) -> str:
    """A cell of an in-memory table as a planner would type it; nothing for a missing one."""
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    if isinstance(value, date | np.datetime64):
        return str(pd.Timestamp(value)).removesuffix(" 00:00:00")
    return str(value)


def as_text(series: pd.Series[Any]) -> npt.NDArray[np.object_]:
    """A column's cells as trimmed text, "" where nothing stands; shape (rows,).

    Equal cells are one object: a hundred thousand rows name a few hundred streets.
    """
    if isinstance(series.dtype, pd.StringDtype):
        codes, words = pd.factorize(series)
        texts = np.array([*(str(value).strip() for value in words), ""], dtype=object)
        return texts[codes]  # -1, a missing one, is the last
    if _is_plain_text(series):
        codes, plain = pd.factorize(series.to_numpy(dtype=object))
        texts = np.array([value.strip() for value in plain], dtype=object)
    else:
        codes, distinct = pd.factorize(series.astype(object).map(cell_text), use_na_sentinel=False)
        texts = np.array([str(value).strip() for value in distinct], dtype=object)
    return texts[codes] if len(texts) else np.empty(0, dtype=object)


def _is_plain_text(series: pd.Series[Any]) -> bool:
    """Whether every cell of a column is a Python text."""
    return series.dtype == object and pd.api.types.infer_dtype(series, skipna=False) == "string"


def read_column(series: pd.Series[Any], holds: Holds) -> ParsedColumn:
    """Read one column.

    Parameters
    ----------
    series
        its cells; text as it stands in a file, or already typed.
    holds
        what it should hold.
    """
    if holds == "text":
        return _read_text(series)
    if (typed := _typed(series, holds)) is not None:
        return typed
    cells = as_text(series)
    codes, distinct = pd.factorize(cells)
    reader = _READERS[holds]
    answers = [reader(cell) if cell else None for cell in distinct]
    if holds == "date":
        values = np.array([_day(answer) for answer in answers], dtype="datetime64[us]")
    else:
        numbers = [answer if isinstance(answer, float) else math.nan for answer in answers]
        values = np.array(numbers, dtype=np.float64)
    problems = [answer.code if isinstance(answer, Unreadable) else "" for answer in answers]
    by_row = np.array(problems, dtype=object)[codes]
    faults = {code: by_row == code for code in dict.fromkeys(problems) if code}
    return ParsedColumn(values[codes], cells == "", faults, cells)


def _day(answer: object) -> np.datetime64:
    return np.datetime64(answer if isinstance(answer, date) else "NaT", "us")


def _read_text(series: pd.Series[Any]) -> ParsedColumn:
    cells = as_text(series)
    missing = np.asarray(cells == "", dtype=np.bool_)
    faults = _only(
        {
            "invisible_character": where_text(cells, has_hidden),
            "lost_character": where_text(cells, lambda cell: LOST in cell),
            "text_unreadable": _no_text(series),
            "excel_long_number": _long_numbers(series),
        }
    )
    values = cells
    if missing.any():
        values = cells.copy()
        values[missing] = None
    return ParsedColumn(values, missing, faults, cells)


_NO_TEXT: Final = (bytes, bytearray, memoryview, dict, list, tuple, set, np.ndarray)


def _no_text(series: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    """Where a cell is no text, number or date: bytes, or a list; shape (rows,)."""
    if series.dtype != object or _is_plain_text(series):
        return np.zeros(len(series), dtype=np.bool_)
    return np.fromiter((isinstance(cell, _NO_TEXT) for cell in series), np.bool_, len(series))


def _long_numbers(series: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    """Where a text was kept as a floating number too long to hold all of its digits; shape (rows,)."""
    if isinstance(series.dtype, np.dtype) and series.dtype.kind == "f":
        return np.asarray(np.abs(np.nan_to_num(series.to_numpy(dtype=np.float64))) >= FLOAT_HOLDS)
    if series.dtype != object or _is_plain_text(series):
        return np.zeros(len(series), dtype=np.bool_)
    return np.fromiter((isinstance(cell, float) and abs(cell) >= FLOAT_HOLDS for cell in series), np.bool_, len(series))


def where_text(cells: npt.NDArray[np.object_], holds: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Where a text has a property, asked once for each distinct text; shape (rows,)."""
    codes, distinct = pd.factorize(cells)
    return np.array([holds(cell) for cell in distinct], dtype=np.bool_)[codes]


def _typed(series: pd.Series[Any], holds: Holds) -> ParsedColumn | None:
    """A column that already has the right type: no text in between. None if it has another."""
    dtype = series.dtype
    if holds == "date":
        return _typed_days(series) if isinstance(dtype, np.dtype) and dtype.kind == "M" else None
    if not pd.api.types.is_numeric_dtype(dtype) or pd.api.types.is_bool_dtype(dtype) != (holds == "flag"):
        return None
    values = series.to_numpy(dtype=np.float64, na_value=math.nan)
    wrong = {"number_unreadable" if holds == "number" else "count_unreadable": np.isinf(values)}
    if holds == "count":
        wrong["count_fractional"] = np.isfinite(values) & (values != np.floor(values))
    return ParsedColumn(values, np.isnan(values), _only(wrong), values)


def _typed_days(series: pd.Series[Any]) -> ParsedColumn:
    days = series.to_numpy(dtype="datetime64[us]")
    missing = np.isnat(days)
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    wrong = {
        "date_unreadable": ~missing & (days.astype("datetime64[D]") != days),
        "date_out_of_range": ~missing & ((years < YEARS[0]) | (years > YEARS[1])),
    }
    return ParsedColumn(days, missing, _only(wrong), days)


def _only(wrong: dict[str, npt.NDArray[np.bool_]]) -> dict[str, npt.NDArray[np.bool_]]:
    return {code: where for code, where in wrong.items() if where.any()}
