"""From what an office writes in a cell to what the register reads: plain text, and what was done on the way.

Each function takes a cell as it stands and gives the text for the register and a code: "" nothing was changed, a code
of `CHANGED` what was normalised, any other a finding or a fault that the caller looks up. What may mean two things is
left as it stands: the register refuses it.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from workbench.inputs.ledger.sheets import CellError, CellNumber, NeverComputed
from workbench.inputs.register import BY_NAME
from workbench.spelling import without_hidden

#: What was normalised, without a question: told by counts, never a finding.
CHANGED: Final = (
    *("full_width", "hidden_removed", "unit_removed", "thousands_removed", "word_number", "blank_word", "yes_word"),
    *("no_word", "date_form", "serial_date", "kind_word", "code_form", "degrees_form"),
)


class Read(NamedTuple):
    """A cell once read: text for the register, a code ("" as it stood), and what stands beside it (probationary)."""

    text: str
    code: str = ""
    more: int = 0


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


BLANK: Final = _words("- -- --- — —— – ― / \\ ／ // 空 暂无 不详 未知 不适用 n/a na null none 待定 无数据 * .") | {""}
NOTHING: Final = frozenset(("无", "没有", "没", "尚无", "暂无"))
TICKS: Final = frozenset("√✓✔☑v●■◆★✅☆○〇◎Ｖ")
YES: Final = _words(
    "是 有 y yes true t 1 对 已 已建 已建立 已成立 已组建 已设立 已派驻 已派 已选派 已配备 已覆盖 "
    "建有 建立 成立 组建 已建有 已单独建立 已联合建立 单独组建 联合组建 挂靠组建 单独 联合 挂靠 "
    "单独建立 联合建立 独立组建 党支部 党总支 党委 联合党支部 联合支部 独立支部 单建 联建 "
    "功能型党支部 有党组织 已建党组织 是的 √ ✓ ✔ ☑ ✅ v ● ■"
)
NO: Final = _words(
    "否 无 n no false f 0 未 未建 未建立 未成立 未组建 未设立 未派驻 未派 未选派 未配备 未覆盖 没有 "
    "不是 没 无党组织 未建党组织 应建未建 无党员 尚未建立 尚未组建 暂未建立 暂未组建 尚未成立 "
    "未单独建立 × ✗ ✘ x ╳ ☒ □ ☐ 不"
)
#: On the way to a yes, and not there yet.
COMING: Final = _words(
    "筹建 筹建中 筹备 筹备中 正在筹建 正在筹备 正在组建 组建中 拟建 拟组建 拟派 拟派驻 待建 待组建 "
    "待批复 报批中 审批中 计划组建 正在建立 正在成立 建立中"
)

_UNIT: Final = re.compile(r"(?<=[0-9一二三四五六七八九十百零〇两])(人|名|个|家|位|次|户)$")
_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^】]*)】")
_PROBATIONARY: Final = re.compile(
    r"(?:含|其中|内含|包括)(?:有)?:?预备(?:党员)?:?([0-9]+)(?:人|名)?|(?:含|其中|内含|包括):?([0-9]+)(?:人|名)?(?:为|是)?预备(?:党员)?"
)
_BOTH: Final = re.compile(r"正式(?:党员)?:?([0-9]+)(?:人|名)?[,;、/+和]?预备(?:党员)?:?([0-9]+)(?:人|名)?")
_CHINESE: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_DITTO: Final = frozenset(("同上", "〃", "″", '"', "''", "同左"))
_WIDE: Final = {
    ord(one): chr(ord(one) - 0xFEE0) for one in map(chr, range(0xFF10, 0xFF5B)) if one.isalnum() and ord(one) < 0xFF5B
} | {0x3000: " ", 0xA0: " "}


def written(cell: Any) -> str:
    """A cell as a person would write it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == datetime.time() else f"{cell:%Y-%m-%d %H:%M}"
    return f"{cell:.12g}" if isinstance(cell, float) else str(cell)


def spoilt(cell: Any) -> str:
    """The code of a cell that the file itself shows to be wrong, or ""."""
    if isinstance(cell, CellError):
        return "excel_error"
    if isinstance(cell, NeverComputed):
        return "formula_empty"
    return ""


def is_ditto(cell: Any) -> bool:
    """Whether a cell says: as above."""
    return isinstance(cell, str) and cell.strip() in _DITTO


def read_text(cell: Any, column: str) -> Read:
    """Text: an identifier in its plain form, a name with single blanks and plain digits."""
    if isinstance(cell, CellNumber):
        return Read(str(cell), "excel_long_number")
    if isinstance(cell, datetime.datetime):
        return Read(written(cell), "" if column == "not_formed_reason" else "excel_date")
    raw = written(cell)
    if (
        raw.strip().casefold() in BLANK
        or (raw.strip() in NOTHING and column != "not_formed_reason")
        or raw.strip() == "直接登记"
    ):
        return Read("", "blank_word" if raw.strip() else "")
    plain = without_hidden(raw)
    code = "hidden_removed" if plain != raw else ""
    if column == "org_id":
        plain = "".join(unicodedata.normalize("NFKC", plain).split())
        plain = plain.upper() if re.fullmatch(r"(?=.*[0-9])[0-9A-Za-z]{15,20}", plain) else plain
        return Read(plain, "code_form") if plain != raw else Read(raw)
    # Blanks inside a Chinese name mean nothing; between Latin words they part them.
    plain = unicodedata.normalize("NFC", plain.translate(_WIDE))
    plain = re.sub(r"(?<![0-9A-Za-z]) +| +(?![0-9A-Za-z])", "", " ".join(plain.split()))
    return Read(plain, code or "full_width") if plain != raw else Read(raw, code)


def read_kind(cell: Any) -> Read:
    """The kind of an organization by what its word holds."""
    plain = read_text(cell, "kind").text
    if plain in ("association", "service", "foundation", ""):
        return Read(plain, "blank_word" if not plain else "")
    for pattern, kind in (
        (r"社会团体|社团|协会|学会|商会|联合会|促进会|研究会|association", "association"),
        (r"民办非|民非|社会服务机构|社服|民办学校|服务机构|service", "service"),
        (r"基金会|foundation", "foundation"),
    ):
        if re.search(pattern, plain.casefold()):
            return Read(kind, "kind_word")
    return Read(plain)


def read_count(cell: Any) -> Read:
    """A whole number; ``2（含预备1）`` is one full member and one probationary."""
    if isinstance(cell, bool):
        return Read(written(cell), "count_unreadable")
    if isinstance(cell, int):
        return Read(str(cell))
    if isinstance(cell, float):
        return Read(f"{cell:.0f}" if cell.is_integer() else repr(cell))
    if isinstance(cell, datetime.datetime):
        return Read(written(cell), "excel_date")
    raw = str(cell)
    plain = unicodedata.normalize("NFKC", without_hidden(raw)).replace(" ", "").replace("−", "-").replace("—", "-")
    if plain.casefold() in BLANK and plain not in NOTHING:
        return Read("", "blank_word")
    if plain in NOTHING or plain in ("没有党员", "无党员"):
        return Read("0", "word_number")
    if both := _BOTH.fullmatch(plain):
        return Read(both[1], "probationary_split", int(both[2]))
    code = "full_width" if plain != raw.strip() else ""
    more = 0
    if found := _BRACKETS.search(plain):
        inside = next(part for part in found.groups() if part is not None)
        plain, code = _BRACKETS.sub("", plain), "bracket_left"
        if "预备" in inside and not inside.startswith("另") and not _PROBATIONARY.fullmatch(inside):
            return Read(raw)  # 3（预备1): in the three or beside them
        if part := _PROBATIONARY.fullmatch(inside):
            more, code = int(part[1] or part[2]), "probationary_split"
    if unit := _UNIT.search(plain):
        plain, code = plain[: unit.start()], code if code in ("bracket_left", "probationary_split") else "unit_removed"
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", plain):
        plain, code = plain.replace(",", ""), code or "thousands_removed"
    if (number := _chinese_number(plain)) is not None:
        plain, code = str(number), code or "word_number"
    if not re.fullmatch(r"[+-]?[0-9]+(\.0*)?", plain):
        return Read(raw)
    if more:
        full = int(float(plain)) - more
        return Read(str(full), code, more) if full >= 0 else Read(raw)
    return Read(plain, code)


def _chinese_number(plain: str) -> int | None:
    """A number below ten thousand in Chinese characters.

    >>> _chinese_number("十二"), _chinese_number("三"), _chinese_number("一百零五"), _chinese_number("甲")
    (12, 3, 105, None)
    """
    if plain in _CHINESE:
        return _CHINESE[plain]
    digit = "[一二三四五六七八九两]"
    found = re.fullmatch(
        rf"(?:({digit})千)?(零)?(?:({digit})百)?(零)?(?:({digit})?(十))?(零)?({digit})?", plain.replace("〇", "零")
    )
    if not found or not plain or plain.startswith(("零", "〇")):
        return None
    thousands, _, hundreds, gap, tens, ten, _, ones = found.groups()
    if hundreds and ones and not ten and not gap:
        return None  # 一百五 is a hundred and fifty to some
    value = [_CHINESE[one] if one else 0 for one in (thousands, hundreds, tens or ("一" if ten else ""), ones)]
    return value[0] * 1000 + value[1] * 100 + value[2] * 10 + value[3]


def read_flag(cell: Any) -> Read:
    """Yes or no, in whatever words; a number is how many there are."""
    if isinstance(cell, bool):
        return Read("true" if cell else "false")
    if isinstance(cell, int | float):
        return Read("true" if cell > 0 else "false") if cell >= 0 and float(cell).is_integer() else Read(written(cell))
    if isinstance(cell, datetime.datetime):
        return Read(written(cell), "excel_date")
    raw = str(cell).strip()
    plain = unicodedata.normalize("NFKC", without_hidden(raw)).casefold().replace(" ", "").rstrip("。.,;")
    if raw in BLANK or plain in BLANK:
        return Read("", "blank_word")
    if plain in YES:
        return Read("true", "" if raw in ("是", "有", "true", "1", "yes") else "yes_word")
    if plain in NO:
        return Read("false", "" if raw in ("否", "无", "false", "0", "no") else "no_word")
    if plain in COMING:
        return Read("false", "flag_coming")
    bare = _BRACKETS.sub("", plain)
    if bare != plain and bare in YES | NO | COMING:
        return Read("true" if bare in YES else "false", "bracket_left")
    if found := re.fullmatch(r"([0-9]{1,3})(个|家|名|人|位)?", plain):
        return Read("true" if int(found[1]) else "false", "yes_word" if int(found[1]) else "no_word")
    return Read(raw)


#: Dates in order of year, month, day, with whatever between.
_DATE: Final = re.compile(
    r"([0-9]{4})(?:[-/.年\\ ])([0-9]{1,2})(?:[-/.月\\ ])([0-9]{1,2})(?:日|号)?"
    r"(?:[T ]?[0-9]{1,2}[:时][0-9]{1,2}(?:[:分][0-9]{1,2}秒?)?(?:\.[0-9]+)?)?"
)
_MONTH: Final = re.compile(r"([0-9]{4})(?:[-/.年])([0-9]{1,2})月?(?:份)?")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年?")
_DAY_ONLY: Final = re.compile(r"[0-9]{1,2}(?:[-/.月])[0-9]{1,2}(?:日|号)?")
_SERIAL: Final = (20_000, 60_000)


def read_date(cell: Any) -> Read:
    """A day, its year first: a true date, a serial number of Excel's, or text in a dozen forms."""
    if isinstance(cell, datetime.datetime):
        return Read(f"{cell:%Y-%m-%d}")
    if isinstance(cell, bool):
        return Read(written(cell))
    if isinstance(cell, int | float) and not 19_210_000 <= cell <= 21_010_000:
        if _SERIAL[0] <= cell <= _SERIAL[1]:
            return Read(f"{datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cell)):%Y-%m-%d}", "serial_date")
        # 2019.06 typed as a number: whether 2019.1 was January or October, it does not tell.
        said = written(cell)
        if _YEAR.fullmatch(said) or ((to_month := _MONTH.fullmatch(said)) and 1 <= int(to_month[2]) <= 12):
            return Read("", "date_year_only" if _YEAR.fullmatch(said) else "date_month_only")
        return Read(written(cell))
    raw = written(cell).strip()
    plain = unicodedata.normalize("NFKC", without_hidden(raw)).strip()
    if plain.casefold() in BLANK or plain in NOTHING:
        return Read("", "blank_word")
    plain = _chinese_date(plain)
    if re.fullmatch(r"(19|20|21)[0-9]{6}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    if found := _DATE.fullmatch(plain):
        year, month, day = (int(part) for part in found.groups())
        try:
            day_read = datetime.date(year, month, day)
        except ValueError:
            return Read(raw)
        return Read(f"{day_read:%Y-%m-%d}", "" if raw == f"{day_read:%Y-%m-%d}" else "date_form")
    if _MONTH.fullmatch(plain):
        return Read("", "date_month_only")
    if _YEAR.fullmatch(plain):
        return Read("", "date_year_only")
    if _DAY_ONLY.fullmatch(plain):
        return Read("", "date_without_year")
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", plain) and _SERIAL[0] <= float(plain) <= _SERIAL[1]:
        return read_date(int(float(plain)))
    return Read(raw)


def _chinese_date(plain: str) -> str:
    """二〇二七年八月五日 in digits; anything else as it stands."""
    found = re.fullmatch(
        r"([〇零○O0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]", plain
    )
    if not found:
        return plain
    year = "".join(str(_CHINESE.get(one, 0)) for one in found[1])
    return f"{year}-{_chinese_number(found[2])}-{_chinese_number(found[3])}"


_DEGREES: Final = re.compile(
    r"(?:[东西南北]经|[东西南北]纬|[ewns])?:?([0-9]{1,3})[°度]([0-9]{1,2})['′分]([0-9]{1,2}(?:\.[0-9]+)?)?(?:[\"″秒]|''|′′)?[ewns]?"
)


def read_number(cell: Any) -> Read:
    """A number with a point; degrees, minutes and seconds as one."""
    if isinstance(cell, bool):
        return Read(written(cell))
    if isinstance(cell, int | float):
        return Read(repr(cell))
    raw = written(cell).strip()
    plain = unicodedata.normalize("NFKC", without_hidden(raw)).casefold().replace(" ", "")
    if plain in BLANK or plain in NOTHING:
        return Read("", "blank_word")
    if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", plain):
        return Read(plain, "" if plain == raw else "full_width")
    if found := _DEGREES.fullmatch(plain.replace("’", "'").replace("”", '"')):
        degrees = int(found[1]) + int(found[2]) / 60 + float(found[3] or 0) / 3600
        return Read(str(round(degrees, 7)), "degrees_form")
    bare = re.sub(r"^(?:[东西]经|[南北]纬|[ewns])|(?:°|度|km|公里|千米|[ewns])$", "", plain)
    return Read(bare, "degrees_form") if bare != plain and re.fullmatch(r"[0-9]+(\.[0-9]+)?", bare) else Read(raw)


def read_mass_list(cell: Any) -> tuple[Read, tuple[str, ...]]:
    """A list of mass organizations, or yes or no: the flag, and which of the three it names."""
    if not isinstance(cell, str):
        return read_flag(cell), ()
    named = tuple(
        column
        for column, pattern in (
            ("has_union", "工会"),
            ("has_youth_league", "共青团|团支部|团委|团组织|团总支|(?<![社集])团(?!体)"),
            ("has_women_federation", "妇联|妇委会|妇女"),
        )
        if re.search(pattern, cell)
    )
    if named and not re.search("未|无|没", cell):
        return Read("true", "yes_word"), named
    return read_flag(cell), ()


def reader_of(column: str) -> Callable[[Any], Read]:
    """What reads the cells of a register's column."""
    holds = BY_NAME[column].holds
    if column == "kind":
        return read_kind
    if holds == "text":
        return lambda cell: read_text(cell, column)
    return {"count": read_count, "flag": read_flag, "date": read_date, "number": read_number}[holds]
