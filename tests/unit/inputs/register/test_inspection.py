"""Plausible nonsense in a register: each kind is told, at its organization and column, and nothing else is."""

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.unit.inputs.register.test_read import rows
from workbench.errors import RegisterWarning
from workbench.inputs import check_register, inspect, make_city, read_register, write_register
from workbench.labels import in_language

CREDIT = "51100000500000015P"


def found(frame: pd.DataFrame) -> list[tuple[str, str]]:
    table = inspect(check_register(frame))
    assert list(table.columns) == ["org_id", "column", "value", "rule", "repair"]
    assert (table[["rule", "repair"]] != "").all(axis=None)
    return list(zip(table["org_id"], table["column"], strict=True))


ODD = [
    ({"name": "岚汀\u3000协会"}, "name"),
    ({"name": "岚汀\xa0协会"}, "name"),
    ({"name": "岚汀\ue863协会"}, "name"),
    ({"name": "岚汀协会_x000D_"}, "name"),
    ({"full_members": 8, "employees": 3}, "full_members"),
    ({"full_members": 3000}, "full_members"),
    ({"employees": 400_000}, "employees"),
    ({"party_workers": 9, "employees": 3}, "party_workers"),
    ({"lon": 80.5, "lat": 41.2}, None),
    ({"lon": 30.5, "lat": 88.1}, "lon"),
    ({"lon": 0, "lat": 0}, "lon"),
    ({"org_id": CREDIT}, None),
    ({"org_id": CREDIT[:-1] + "Q"}, "org_id"),
    ({"org_id": CREDIT[:-1]}, "org_id"),
]


@pytest.mark.parametrize(("change", "column"), ODD, ids=lambda value: str(value)[:30])
def test_one_odd_cell(change, column):
    both = rows({**dict.fromkeys(change.keys() & {"lon", "lat"}, "")}, change)
    row = change.get("org_id", "002")
    assert found(both) == ([(row, column)] if column else [])


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ({"name": "岚汀商会"}, {"name": "岚汀 商会"}, "name"),
        ({"name": "岚汀(区)商会"}, {"name": "岚汀（区）商会"}, "name"),
        ({"name": "岚汀书画社"}, {"name": "岚汀书画社\u0301"}, None),
        ({"name": "己学社"}, {"name": "已学社"}, "name"),
        ({"org_id": "A01"}, {"org_id": "AO1"}, "org_id"),
        ({"org_id": "A01"}, {"org_id": "А01"}, "org_id"),
        ({"org_id": "A01"}, {"org_id": "A02"}, None),
        ({"name": "甲会", "employees": 5}, {"name": "甲会", "employees": 5}, "name"),
        ({"name": "甲会", "employees": 5}, {"name": "甲会", "employees": 6}, None),
    ],
)
def test_two_that_a_person_reads_as_one(first, second, column):
    odd = found(rows(first, second))
    assert [each for _, each in odd] == ([column] if column else [])


def test_degrees_under_x_and_y():
    frame = rows({"x": 113.21, "y": 23.1}, {"x": 113.3, "y": 23.2}, {"x": 113.4, "y": 23.15})
    assert {column for _, column in found(frame)} == {"x"}
    assert not found(rows({"x": 113.2, "y": 23.1}, {"x": 3.3, "y": 23.2}, {"x": 11.4, "y": 3.1}))


@pytest.mark.parametrize(
    ("axes", "near", "far"), [(("x", "y"), (1.0, 2.0), (300.0, 2.0)), (("lon", "lat"), (120.1, 30.2), (123.0, 30.2))]
)
def test_a_place_far_from_its_streets_others(axes, near, far):
    here = dict(zip(axes, near, strict=True))
    frame = rows(*({**here, axes[0]: near[0] + turn / 1000} for turn in range(6)), dict(zip(axes, far, strict=True)))
    assert found(frame) == [("007", axes[0])]


@pytest.mark.parametrize(
    ("street", "odd"), [("岚汀街", True), ("岚汀街道办", True), ("望河街道", False), ("岚汀岸街道", True)]
)
def test_a_lone_street_with_nearly_the_name_of_another(street, odd):
    assert found(rows(*[{}] * 6, {"street": street})) == ([("007", "street")] if odd else [])


@pytest.mark.parametrize("seed", range(3))
def test_made_up_cities_hold_nothing_odd(seed):
    assert inspect(make_city(2000, 12, seed=seed)).empty


def test_reading_counts_them_in_one_warning(tmp_path):
    path = write_register(
        check_register(rows({"full_members": 8, "employees": 3}, {"full_members": 3000})), tmp_path / "r.csv"
    )
    with pytest.warns(RegisterWarning, match=r"r\.csv.*2 findings") as caught:
        register = read_register(path)
    assert len(caught) == 1
    assert len(wb.inspect(register)) == 2
    with in_language("zh"):
        assert inspect(register)["rule"].iloc[0] == "正式党员多于从业人员（3 名）"


def test_personal_numbers_are_not_shown():
    city = make_city(5, 1)
    city["name"] = "电话 13800000000 _x000D_"
    assert not inspect(city)["value"].str.contains("13800000000").any()


def test_row_order_changes_nothing():
    frame = rows(*({"full_members": int(turn) * 200, "employees": 5} for turn in range(5)))
    there = inspect(check_register(frame)).sort_values("org_id", ignore_index=True)
    back = inspect(check_register(frame.iloc[::-1])).sort_values("org_id", ignore_index=True)
    pd.testing.assert_frame_equal(there, back)
    assert len(there) == len(np.unique(there["org_id"])) + 2
