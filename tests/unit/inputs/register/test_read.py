"""What a register may hold: each rule, one fault at a time, and all of them at once."""

import datetime

import numpy as np
import pandas as pd
import pytest

from workbench.errors import RegisterError
from workbench.inputs import check_register
from workbench.inputs.register.columns import COLUMNS
from workbench.labels import in_language, table

GOOD = {"org_id": "007", "street": "岚汀街道", "full_members": "3", "has_branch": "否"}


def rows(*changes: dict[str, object], **everywhere: object) -> pd.DataFrame:
    """Rows of a good register, changed; identifiers count up where they are not given."""
    lines = [
        {**GOOD, "org_id": f"{turn:03d}", **everywhere, **change} for turn, change in enumerate(changes or ({},), 1)
    ]
    return pd.DataFrame(lines, dtype=object)


def codes(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Fault code and place of everything that is wrong."""
    with pytest.raises(RegisterError) as caught:
        check_register(frame)
    return [(fault.code, fault.place) for fault in caught.value.faults]


class TestGoodRegister:
    def test_has_every_column_in_order_with_its_dtype(self):
        register = check_register(rows({}))
        assert register.index.name == "org_id"
        assert register.index.dtype == "str"
        assert {name: str(dtype) for name, dtype in register.dtypes.items()} == {
            column.name: column.dtype for column in COLUMNS if column.name != "org_id"
        }
        assert list(register.columns) == [column.name for column in COLUMNS[1:]]

    def test_defaults(self):
        row = check_register(rows({})).iloc[0]
        assert not row[["has_instructor", "has_mass_org", "dormant"]].any()
        assert row["host_capacity"] == row["attempts"] == 0
        missing = [
            "name",
            "kind",
            "industry",
            "supervisor",
            "community",
            "x",
            "lon",
            "employees",
            "branch_on",
        ]
        assert row[[*missing, "members_on_roll"]].isna().all()

    def test_keeps_text_as_text_and_the_order_of_rows(self):
        register = check_register(rows({"org_id": " 007 "}, {"org_id": "NA", "street": "无"}, {"org_id": "=1+1"}))
        assert list(register.index) == ["007", "NA", "=1+1"]
        assert register["street"].iloc[1] == "无"

    @pytest.mark.parametrize("yes", ["true", "TRUE", "1", "yes", "是", "有", "１", True, 1, 1.0, np.True_])
    @pytest.mark.parametrize("no", ["false", "False", "0", "no", "否", "无", False, 0])
    def test_reads_yes_and_no(self, yes, no):
        register = check_register(rows({"has_branch": yes}, {"has_branch": no}))
        assert register["has_branch"].tolist() == [True, False]

    @pytest.mark.parametrize("three", ["3", "３", "3.0", " 3 ", "+3", 3, 3.0, np.int32(3)])
    def test_reads_counts(self, three):
        assert check_register(rows({"full_members": three}))["full_members"].tolist() == [3]

    @pytest.mark.parametrize(
        "day",
        [
            "2027-08-05",
            "2027/8/5",
            "2027.8.5",
            "2027年8月5日",
            "2027-08-05 00:00:00",
            "２０２７年８月５日",
            datetime.date(2027, 8, 5),
            pd.Timestamp("2027-08-05"),
        ],
    )
    def test_reads_dates_with_the_year_first(self, day):
        register = check_register(rows({"has_branch": "是", "branch_on": day}))
        assert register["branch_on"].tolist() == [pd.Timestamp("2027-08-05")]

    @pytest.mark.parametrize(
        ("word", "kind"),
        [
            ("社会团体", "association"),
            ("民办非企业单位", "service"),
            ("社会服务机构", "service"),
            ("基金会", "foundation"),
        ],
    )
    def test_reads_the_kinds_in_chinese_too(self, word, kind):
        assert check_register(rows({"kind": word}))["kind"].tolist() == [kind]

    @pytest.mark.parametrize("which", ["has_union", "has_youth_league", "has_women_federation"])
    def test_any_of_the_three_is_a_mass_organization(self, which):
        register = check_register(rows({which: "有"}, {which: "无"}))
        assert register["has_mass_org"].tolist() == [True, False]
        said = check_register(rows({which: "无", "has_mass_org": "是"}, {which: "有", "has_mass_org": ""}))
        assert said["has_mass_org"].tolist() == [True, True]

    def test_adds_the_parts_up(self):
        parts = {"members_on_roll": "1", "members_floating": "2", "members_part_time": "0"}
        without = rows(parts, parts).drop(columns="full_members")
        assert check_register(without)["full_members"].tolist() == [3, 3]
        assert check_register(rows({**parts, "full_members": ""}))["full_members"].tolist() == [3]

    def test_comes_back_equal(self):
        register = check_register(
            rows({"x": "1.5", "y": "-2", "employees": "4", "has_branch": "是", "branch_on": "2027-08-05"}, {})
        )
        again = check_register(register)
        pd.testing.assert_frame_equal(register, again)
        assert again is not register

    def test_leaves_its_input_alone(self):
        frame = rows({"full_members": "３"})
        before = frame.copy()
        check_register(frame)
        pd.testing.assert_frame_equal(frame, before)

    def test_takes_any_text_or_number_dtype(self):
        frame = rows({}, {}).astype({"street": "category", "org_id": "string"})
        frame["full_members"] = np.array([1, 2], dtype=np.uint8)
        assert check_register(frame)["full_members"].tolist() == [1, 2]


ONE_FAULT = [
    ({"org_id": ""}, "missing_value", "org_id"),
    ({"org_id": "9.13301E+17"}, "id_scientific", "org_id"),
    ({"org_id": "a\nb"}, "invisible_character", "org_id"),
    ({"street": None}, "missing_value", "street"),
    ({"street": "岚汀/上街"}, "slash", "street"),
    ({"street": "岚汀\u200b街道"}, "invisible_character", "street"),
    ({"name": "岚汀\u00ad协会"}, "invisible_character", "name"),
    ({"name": "岚汀\t协会"}, "invisible_character", "name"),
    ({"name": "岚汀\ufe0f协会"}, "invisible_character", "name"),
    ({"name": "岚汀\U000e0041协会"}, "invisible_character", "name"),
    ({"name": "岚汀\u2066协会"}, "invisible_character", "name"),
    ({"name": "岚汀\x85协会"}, "invisible_character", "name"),
    ({"name": "岚汀\ufffd会"}, "lost_character", "name"),
    ({"name": b"A0"}, "text_unreadable", "name"),
    ({"name": {"zh": "甲"}}, "text_unreadable", "name"),
    ({"org_id": 5e17}, "excel_long_number", "org_id"),
    ({"org_id": "5E+17"}, "id_scientific", "org_id"),
    ({"street": "岚汀 街道"}, "spelt_twice", "street"),
    ({"street": "岚汀\u3000街道"}, "spelt_twice", "street"),
    ({"org_id": "００１"}, "spelt_twice", "org_id"),
    ({"has_union": "是", "has_mass_org": "否"}, "mass_org_denied", "has_mass_org"),
    ({"community": "春/晖"}, "slash", "community"),
    ({"full_members": ""}, "missing_value", "full_members"),
    ({"full_members": "-1"}, "count_negative", "full_members"),
    ({"full_members": -1}, "count_negative", "full_members"),
    ({"full_members": "2.5"}, "count_fractional", "full_members"),
    ({"full_members": "三"}, "count_unreadable", "full_members"),
    ({"full_members": "1,200"}, "count_unreadable", "full_members"),
    ({"full_members": "2000000"}, "count_too_large", "full_members"),
    ({"employees": "-4"}, "count_negative", "employees"),
    ({"has_branch": "也许"}, "flag_unreadable", "has_branch"),
    ({"has_branch": ""}, "missing_value", "has_branch"),
    ({"dormant": "2"}, "flag_unreadable", "dormant"),
    ({"kind": "俱乐部"}, "kind_unknown", "kind"),
    ({"host_capacity": "2"}, "host_without_branch", "host_capacity"),
    ({"members_on_roll": "3"}, "parts_incomplete", "members_floating, members_part_time"),
    (
        {"members_on_roll": "1", "members_floating": "1", "members_part_time": "0"},
        "parts_mismatch",
        "full_members",
    ),
    ({"x": "1"}, "half_a_place", "y"),
    ({"lon": "", "lat": "30"}, "half_a_place", "lon"),
    ({"x": "east", "y": "1"}, "number_unreadable", "x"),
    ({"x": "inf", "y": "1"}, "number_unreadable", "x"),
    ({"x": float("inf"), "y": "1"}, "number_unreadable", "x"),
    ({"x": "123456", "y": "1"}, "far_away", "x"),
    ({"lon": "200", "lat": "30"}, "lon_out_of_range", "lon"),
    ({"lon": "30", "lat": "120"}, "lat_out_of_range", "lat"),
    ({"x": "1", "y": "2", "lon": "120", "lat": "30"}, "two_places", "lon"),
    ({"branch_on": "2027-08-05"}, "date_without_yes", "branch_on"),
    ({"instructor_on": "2027-08-05"}, "date_without_yes", "instructor_on"),
    ({"filed_on": "5/8/2027"}, "date_ambiguous", "filed_on"),
    ({"filed_on": "27-8-5"}, "date_ambiguous", "filed_on"),
    ({"filed_on": "2027-02-30"}, "date_unreadable", "filed_on"),
    ({"filed_on": "46239"}, "date_unreadable", "filed_on"),
    ({"filed_on": "2027-08-05 14:30"}, "date_unreadable", "filed_on"),
    ({"filed_on": "1027-08-05"}, "date_out_of_range", "filed_on"),
    ({"filed_on": "2027-08-09", "approved_on": "2027-08-05"}, "dates_out_of_order", "approved_on"),
]


class TestFaults:
    @pytest.mark.parametrize(("change", "code", "column"), ONE_FAULT, ids=lambda value: str(value)[:40])
    def test_one_fault(self, change, code, column):
        axes = {axis for axis in ("x", "y", "lon", "lat") if axis in change}
        paired = {other: "" for other in {"x": "y", "y": "x", "lon": "lat", "lat": "lon"}.values() if axes}
        parts = dict.fromkeys(("members_on_roll", "members_floating", "members_part_time"), "")
        base = {**paired, **(parts if "members_on_roll" in change else {})}
        assert codes(rows(base, {**base, **change})) == [(code, f"row 2, column {column}")]

    @pytest.mark.parametrize("value", [np.datetime64("2027-08-05T10:00"), np.datetime64("1800-01-01")])
    def test_typed_dates_are_checked_too(self, value):
        frame = rows({})
        frame["filed_on"] = pd.Series([value], dtype="datetime64[us]")
        assert len(codes(frame)) == 1

    def test_duplicate_names_the_first_row(self):
        with pytest.raises(RegisterError, match="row 1 has it already") as caught:
            check_register(rows({"org_id": "a"}, {"org_id": "b"}, {"org_id": "a "}, {"org_id": "a"}))
        assert [fault.place for fault in caught.value.faults] == [
            "row 3, column org_id",
            "row 4, column org_id",
        ]

    def test_blank_identifiers_are_missing_not_repeated(self):
        assert [code for code, _ in codes(rows({"org_id": ""}, {"org_id": " "}))] == ["missing_value"] * 2

    def test_mixed_places_say_how_many(self):
        frame = rows({"x": 1, "y": 2}, {"x": 1, "y": 3}, {"lon": 120, "lat": 30})
        with pytest.raises(RegisterError, match="2 rows have x, y and 1 has lon, lat") as caught:
            check_register(frame)
        assert [fault.place for fault in caught.value.faults] == ["row 3, column lon"]

    def test_sum_of_parts_too_large(self):
        parts = {"members_on_roll": 900_000, "members_floating": 900_000, "members_part_time": 0}
        assert codes(rows(parts).drop(columns="full_members")) == [("count_too_large", "row 1, column full_members")]

    def test_all_at_once_in_reading_order(self):
        frame = rows({"street": "", "full_members": "x"}, {"full_members": "-1", "has_branch": "?"})
        assert [place for _, place in codes(frame)] == [
            "row 1, column street",
            "row 1, column full_members",
            "row 2, column full_members",
            "row 2, column has_branch",
        ]

    def test_no_rows(self):
        assert codes(rows({}).iloc[:0]) == [("no_rows", "the whole table")]

    def test_message_says_value_rule_and_repair_in_both_languages(self):
        with pytest.raises(RegisterError) as caught:
            check_register(rows({"full_members": "2.5"}))
        assert "found '2.5': persons and units are counted whole. Write a whole number." in str(caught.value)
        with in_language("zh"):
            assert "人数、家数须为整数。请填整数。" in str(caught.value)


class TestHeaders:
    def test_missing_column_names_the_nearest(self):
        frame = rows({}).rename(columns={"full_members": "fullmembers", "street": "镇街"})
        with pytest.raises(RegisterError, match="If 'fullmembers' is meant, rename it") as caught:
            check_register(frame)
        assert [(fault.code, fault.place) for fault in caught.value.faults] == [
            ("missing_column_near", "column street"),
            ("missing_column_near", "column full_members"),
        ]

    def test_missing_column_with_nothing_near(self):
        assert codes(rows({}).drop(columns="has_branch")) == [("missing_column", "column has_branch")]

    def test_unknown_columns_are_faults(self):
        frame = rows({}).assign(host_capcity=1, 行业类别="教育", colour="red")
        with pytest.raises(RegisterError, match="Rename it if host_capacity is meant") as caught:
            check_register(frame)
        assert [fault.code for fault in caught.value.faults] == ["unknown_column_near"] * 2 + ["unknown_column"]

    def test_a_part_alone_is_not_enough(self):
        assert codes(rows({}).assign(members_on_roll=3))[:2] == [
            ("missing_column", "column members_floating"),
            ("missing_column", "column members_part_time"),
        ]

    def test_duplicate_column(self):
        frame = pd.concat([rows({}), rows({})[["street"]]], axis=1)
        assert codes(frame) == [("duplicate_column", "column street")]

    def test_other_faults_are_found_beside_a_missing_column(self):
        frame = rows({"full_members": "x"}).drop(columns="street")
        assert [code for code, _ in codes(frame)] == ["missing_column", "count_unreadable"]


def test_every_fault_of_a_register_has_its_words():
    words = table()
    named = {code for _, code, _ in ONE_FAULT}
    for code in named:
        assert f"fault.{code}.rule" in words
        assert f"fault.{code}.repair" in words
