"""Plausible nonsense: what breaks no rule of a register, and is probably not meant. Nothing is repaired here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbench.credit_code import check_character_holds, looks_like_credit_code
from workbench.inputs.register.columns import COLUMNS
from workbench.inputs.register.findings import shown
from workbench.labels import text
from workbench.numbers import thousands
from workbench.spelling import ESCAPED, has_odd_blank, has_private, look_key, same_key

#: A branch has fifty members at most; an organization with so many full members is a slip of the keyboard.
MANY_MEMBERS: Final = 500
MANY_EMPLOYEES: Final = 100_000
#: Reasons not formed that say: no member; and words that say it is formed.
NOBODY: Final = ("无党员", "没有党员", "无正式党员", "暂无党员")
FORMED: Final = ("已建", "已建立", "已成立", "已组建", "无", "不适用", "已建党组织", "已建立党组织")
#: China lies between these degrees; a city spans less than so many.
CHINA: Final = ((73.0, 136.0), (3.0, 54.0))
CITY_DEGREES: Final = 5.0
#: Farther from the middle of its street's others than so many km, and than so many times the usual, is far.
STRAY_KM: Final = 20.0
FAR_TIMES: Final = 10.0
#: Of fewer others there is no middle.
OTHERS: Final = 4
#: A street with one organization beside one with so many of nearly the same name.
MANY_NEIGHBOURS: Final = 5
_KM_PER_DEGREE: Final = 111.2

Mask = npt.NDArray[np.bool_]


class Nonsense(NamedTuple):
    """One kind of it: its code, where (positions), the column, and what the sentences fill in (by position)."""

    code: str
    where: npt.NDArray[np.int64]
    column: str
    details: Any = None


def inspect(register: pd.DataFrame) -> pd.DataFrame:
    """What breaks no rule but should be looked at by a person.

    Parameters
    ----------
    register
        as `read_register` or `check_register` gives it.

    Returns
    -------
    pd.DataFrame
        One row per finding, in the register's order: `org_id`, `column`, `value` (as it stands), `rule` (what is
        odd) and `repair` (what to do), in the language in use. Empty where nothing is odd.

    Examples
    --------
    >>> from workbench.inputs import check_register
    >>> rows = {"org_id": ["1"], "street": ["岚汀街道"], "full_members": [8], "has_branch": [True], "employees": [3]}
    >>> findings = inspect(check_register(pd.DataFrame(rows)))
    >>> findings[["org_id", "column", "value"]].to_numpy().tolist()
    [['1', 'full_members', '8']]
    """
    # What is read is inspected at once, so that reading stands below.
    from workbench.inputs.register.in_memory import as_register

    register = as_register(register)
    order = {column.name: turn for turn, column in enumerate(COLUMNS)}
    found = []
    for each in nonsense(register):
        cells = (register.index if each.column == "org_id" else register[each.column]).to_numpy(dtype=object)
        for position in each.where.tolist():
            details = each.details(position) if each.details else {}
            found.append((position, order[each.column], each, shown(cells[position]), details))
    found.sort(key=lambda one: one[:2])
    return pd.DataFrame(
        [
            (
                str(register.index[position]),
                each.column,
                value,
                text(f"fault.{each.code}.rule", **details),
                text(f"fault.{each.code}.repair", **details),
            )
            for position, _, each, value, details in found
        ],
        columns=["org_id", "column", "value", "rule", "repair"],
        dtype="str",
    )


def nonsense(register: pd.DataFrame) -> Iterator[Nonsense]:
    """Every kind of it, with where it stands."""
    yield from _spelling(register)
    yield from _counts(register)
    yield from _places(register)
    yield from _streets(register)


def _where(mask: Any) -> npt.NDArray[np.int64]:
    return np.flatnonzero(np.asarray(mask, dtype=np.bool_)).astype(np.int64)


def _distinct(cells: Any, holds: Any) -> Mask:
    """Where a text has a property, asked once for each distinct one; missing cells have none."""
    codes, values = pd.factorize(cells)
    return np.append([bool(holds(value)) for value in values], False).astype(np.bool_)[codes]


def _spelling(register: pd.DataFrame) -> Iterator[Nonsense]:
    for column in COLUMNS:
        if column.holds != "text":
            continue
        cells = register.index if column.name == "org_id" else register[column.name]
        for code, holds in (
            ("odd_blank", has_odd_blank),
            ("private_character", has_private),
            ("escaped_character", ESCAPED.search),
        ):
            yield Nonsense(code, _where(_distinct(cells, holds)), column.name)
    ids = register.index.to_numpy(dtype=object)
    wrong = _distinct(ids, lambda one: looks_like_credit_code(one) and not check_character_holds(one))
    yield Nonsense("credit_code_wrong", _where(wrong), "org_id")
    yield from _alike("org_id", ids)
    for named in ("street", "community", "responsible", "supervisor", "industry", "name"):
        if named in register:
            yield from _alike(named, register[named].astype(object).to_numpy())
    yield from _twins(register)


def _alike(column: str, cells: Any) -> Iterator[Nonsense]:
    """Different texts that a person reads as one: the rarer spelling is told, with the usual one."""
    codes, values = pd.factorize(cells)
    keys, _ = pd.factorize(np.array([look_key(str(value)) for value in values], dtype=object))
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    sizes = np.bincount(keys, minlength=keys.max() + 1 if len(keys) else 0)
    if not (sizes > 1).any():
        return
    usual: dict[int, int] = {}
    for turn, key in enumerate(keys.tolist()):
        if sizes[key] > 1 and (key not in usual or counts[turn] > counts[usual[key]]):
            usual[key] = turn
    odd: list[bool] = [bool(sizes[key] > 1) and usual[key] != turn for turn, key in enumerate(keys.tolist())]

    def details(position: int) -> dict[str, object]:
        return {"other": shown(values[usual[int(keys[codes[position]])]])}

    yield Nonsense("looks_like_another", _where(np.array([*odd, False])[codes]), column, details)


def _twins(register: pd.DataFrame) -> Iterator[Nonsense]:
    """One organization entered twice: a name and everything else alike, but for the identifier."""
    named = register["name"].notna().to_numpy()
    again = register.duplicated().to_numpy() & named

    def details(position: int) -> dict[str, object]:
        same = register["name"].iloc[:position] == register["name"].iloc[position]
        return {"other": shown(same.index[int(np.argmax(same.to_numpy()))])}

    yield Nonsense("entered_twice", _where(again), "name", details)


def _counts(register: pd.DataFrame) -> Iterator[Nonsense]:
    members = register["full_members"].to_numpy(dtype=np.float64)
    staff = register["employees"].to_numpy(dtype=np.float64, na_value=np.nan)
    part_time = register["members_part_time"].to_numpy(dtype=np.float64, na_value=0.0)
    with np.errstate(invalid="ignore"):
        # A part-time member is on another's payroll.
        above = members - part_time > staff
    yield Nonsense("members_above_staff", _where(above), "full_members", lambda at: {"employees": int(staff[at])})
    yield Nonsense("members_many", _where(members >= MANY_MEMBERS), "full_members")
    yield Nonsense("employees_many", _where(np.nan_to_num(staff) >= MANY_EMPLOYEES), "employees")
    workers = register["party_workers"].to_numpy(dtype=np.float64, na_value=0.0)
    with np.errstate(invalid="ignore"):
        yield Nonsense("workers_above_staff", _where(workers > staff), "party_workers")
    reasons, formed = register["not_formed_reason"], register["has_branch"].to_numpy()
    nobody = reasons.isin(NOBODY).to_numpy() & (members > 0) & ~formed
    yield Nonsense(
        "reason_against_members", _where(nobody), "not_formed_reason", lambda at: {"members": int(members[at])}
    )
    given = reasons.notna().to_numpy() & ~reasons.isin(FORMED).to_numpy() & formed
    yield Nonsense("reason_with_branch", _where(given), "not_formed_reason")


def _inside(values: npt.NDArray[np.float64], bounds: tuple[float, float]) -> Mask:
    return np.asarray((values >= bounds[0]) & (values <= bounds[1]))


def _places(register: pd.DataFrame) -> Iterator[Nonsense]:
    lon, lat = (register[axis].to_numpy(dtype=np.float64) for axis in ("lon", "lat"))
    x, y = (register[axis].to_numpy(dtype=np.float64) for axis in ("x", "y"))
    east, north = CHINA
    swapped = _inside(lon, north) & _inside(lat, east)
    yield Nonsense("place_swapped", _where(swapped), "lon")
    abroad = ~np.isnan(lon) & ~swapped & ~(_inside(lon, east) & _inside(lat, north))
    yield Nonsense("place_abroad", _where(abroad), "lon")
    odd = swapped | abroad
    degrees = _degrees(x, y) | _degrees(y, x)
    yield Nonsense("degrees_as_km", _where(degrees), "x")
    if not degrees.any():
        plane = ~np.isnan(x)
        scale = _KM_PER_DEGREE * np.cos(np.radians(np.where(odd, np.nan, lat)))
        points = np.column_stack(
            [np.where(plane, x, lon * scale), np.where(plane, y, np.where(odd, np.nan, lat) * _KM_PER_DEGREE)]
        )
        far = _far(points, register["street"])
        column = "x" if plane.any() else "lon"
        yield Nonsense(
            "place_far",
            _where(far > 0),
            column,
            lambda at: {"km": thousands(float(far[at])), "street": register["street"].iloc[at]},
        )


def _degrees(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> Mask:
    """Where x, y read as degrees of longitude and latitude: all of the city within a few, in China."""
    there = ~np.isnan(first) & ~np.isnan(second)
    inside = there & _inside(first, CHINA[0]) & _inside(second, CHINA[1])
    if inside.sum() < 2 or inside.sum() < 0.9 * there.sum():
        return np.zeros(len(first), dtype=np.bool_)
    spread = max(np.ptp(first[inside]), np.ptp(second[inside]))
    broken = np.any(first[inside] != np.floor(first[inside]))
    return inside if spread <= CITY_DEGREES and broken else np.zeros(len(first), dtype=np.bool_)


def _far(points: npt.NDArray[np.float64], streets: pd.Series[Any]) -> npt.NDArray[np.float64]:
    """Km from the middle of the street's organizations where that is far, else 0; shape (rows,)."""
    frame = pd.DataFrame({"x": points[:, 0], "y": points[:, 1], "street": streets.to_numpy(dtype=object)})
    by_street = frame.groupby("street", sort=False)
    apart = [frame[axis] - by_street[axis].transform("median") for axis in ("x", "y")]
    away = pd.Series(np.hypot(*(one.to_numpy() for one in apart)), index=frame.index)
    usual = away.groupby(frame["street"], sort=False).transform("median")
    enough = by_street["x"].transform("count") > OTHERS
    far = enough & (away > np.maximum(STRAY_KM, FAR_TIMES * usual))
    return np.where(far, away, 0.0)


def _streets(register: pd.DataFrame) -> Iterator[Nonsense]:
    """A street of one organization, whose name is nearly that of a large one: probably a slip."""
    counts = register["street"].value_counts()
    large = {_stem(name): name for name in counts.index[counts >= MANY_NEIGHBOURS]}
    near: dict[str, str] = {}
    for name in counts.index[counts == 1]:
        stem = _stem(name)
        other = large.get(stem) or next((large[one] for one in _one_off(stem, large)), None)
        if other and other != name:
            near[name] = other
    yield Nonsense(
        "street_near",
        _where(register["street"].isin(list(near))),
        "street",
        lambda at: {"other": near[register["street"].iloc[at]]},
    )


def _stem(street: str) -> str:
    """A street's own name, without the word for what it is."""
    plain = same_key(street)
    for ending in ("街道办事处", "街道办", "街道", "镇人民政府", "镇", "乡"):
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            return plain.removesuffix(ending)
    return plain


def _one_off(stem: str, others: dict[str, str]) -> Iterator[str]:
    """Names that lack one character of this one, or have one more; of three characters or more, one may differ."""
    for other in others:
        if abs(len(other) - len(stem)) == 1 and min(len(other), len(stem)) >= 2:
            longer, shorter = (other, stem) if len(other) > len(stem) else (stem, other)
            if any(longer[:turn] + longer[turn + 1 :] == shorter for turn in range(len(longer))):
                yield other
        elif len(other) == len(stem) >= 3 and sum(a != b for a, b in zip(other, stem, strict=True)) == 1:
            yield other
