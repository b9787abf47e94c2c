"""What every reader of an Excel workbook takes for granted, registers and ledgers alike."""

from __future__ import annotations

from typing import Final

#: Excel computes with so many digits; an identifier with more is no longer what was typed.
EXCEL_DIGITS: Final = 15
#: A row below so many empty ones is a stray cell, and is not read.
MOST_EMPTY_ROWS: Final = 1_000
#: Tables unpack to ten to thirty times their size: more than this is a trap, unless what comes out is small anyway.
MOST_RATIO: Final = 100
SMALL_BYTES: Final = 20_000_000
