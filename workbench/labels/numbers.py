"""Words: how chances and dates are said."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "number.never": ("{runs} 次模拟中 0 次", "in 0 of {runs} simulations"),
    "number.never_of_thousand": ("千次模拟中 0 次", "in 0 of 1,000 simulations"),
    "number.points": ("{points} 个百分点", "{points} points"),
    "number.date": ("{month}月{day}日", "{day} {month}"),
    "number.date_and_year": ("{year}年{month}月{day}日", "{day} {month} {year}"),
    "number.span": ("{first}至{last}", "{first} to {last}"),
    "month.jan": ("1", "January"),
    "month.feb": ("2", "February"),
    "month.mar": ("3", "March"),
    "month.apr": ("4", "April"),
    "month.may": ("5", "May"),
    "month.jun": ("6", "June"),
    "month.jul": ("7", "July"),
    "month.aug": ("8", "August"),
    "month.sep": ("9", "September"),
    "month.oct": ("10", "October"),
    "month.nov": ("11", "November"),
    "month.dec": ("12", "December"),
}
