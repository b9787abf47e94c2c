"""Many ledgers into one register: who is missing, who stands twice, which identifier stays, what changed."""

import pandas as pd
import pytest

import workbench as wb
from tests.unit.inputs.ledger.messy import HEAD, one
from workbench.errors import RegisterError
from workbench.inputs import check_register, write_register
from workbench.jobs.collect import changes_between
from workbench.labels import in_language
from workbench.shipped import shipped

DEMO = shipped() / "data" / "demo_ledgers"


def ledger(folder, unit, *rows, head=HEAD):
    path = folder / f"{unit}.xlsx"
    one(head, *rows)(path)
    return path


def register_of(*rows):
    columns = ["org_id", "name", "street", "full_members", "has_branch", "responsible"]
    return check_register(pd.DataFrame([dict(zip(columns, row, strict=False)) for row in rows], dtype=object))


@pytest.fixture
def week(tmp_path):
    """Two streets' ledgers."""
    ledger(tmp_path, "岚汀街道", ["A1", "甲会", "岚汀街道", 1, "否"], ["A2", "乙会", "岚汀街道", 2, "否"])
    ledger(tmp_path, "河口镇", ["B1", "丙会", "河口镇", 3, "否"])
    return tmp_path


def said(collection, code_words):
    return collection.findings[collection.findings["rule"].str.contains(code_words, regex=False)]


def test_the_demo_ledgers():
    collection = wb.collect(DEMO, as_of="2027-07-30")
    assert collection.missing == ("望河街道",)
    verdicts = dict(zip(collection.ledgers["unit"], collection.ledgers["verdict"], strict=True))
    assert verdicts["蘅栎镇"] == "refuse"
    assert [unit for unit, verdict in verdicts.items() if verdict == "accept"] == ["岚汀街道", "河口镇"]
    assert len(collection.register) == collection.ledgers["organizations"].sum() - 1
    assert collection.register.index.is_unique
    assert len(said(collection, "whose is it")) == 1
    assert not collection.findings["value"].str.contains("13800000000").any()


def test_a_unit_is_known_by_the_list_of_units(tmp_path):
    """It names itself more fully than the list does: that is said, and nobody is missing, nor moved."""
    (tmp_path / "units.txt").write_text("市科协\n蘅栎镇\n", encoding="utf-8")
    one(["填报单位：市科协机关党委"], HEAD, ["A1", "甲会", "岚汀街道", 1, "否"])(tmp_path / "1.xlsx")
    one(["填报单位：蘅栎镇人民政府"], HEAD, ["B1", "乙会", "蘅栎镇", 1, "否"])(tmp_path / "2.xlsx")
    before = register_of(["A1", "甲会", "岚汀街道", 1, "否", "市科协"], ["B1", "乙会", "蘅栎镇", 1, "否", "蘅栎镇"])
    collection = wb.collect(tmp_path, before)
    assert collection.missing == ()
    assert collection.register["responsible"].to_dict() == {"A1": "市科协", "B1": "蘅栎镇"}
    assert collection.changes.empty
    assert len(said(collection, "by the list of units")) == 1


def test_the_same_bytes_twice(week, tmp_path_factory):
    written = []
    for turn, paths in enumerate((week, sorted(week.iterdir(), reverse=True))):
        collection = wb.collect(paths)
        written.append(write_register(collection.register, tmp_path_factory.mktemp("out") / f"{turn}.csv").read_bytes())
        assert collection.findings.to_csv() == wb.collect(week).findings.to_csv()
    assert written[0] == written[1]


def test_a_unit_that_handed_nothing_in_keeps_last_weeks(week):
    before = register_of(("A1", "甲会", "岚汀街道", 1, "否"), ("C1", "丁会", "望河街道", 1, "否"))
    collection = wb.collect(week, before)
    assert collection.missing == ("望河街道",)
    assert "C1" in collection.register.index
    assert len(said(collection, "handed nothing in")) == 1
    assert sorted(collection.changes["org_id"]) == ["A2", "B1"]


def test_a_refused_ledger_holds_nothing_up(week):
    ledger(week, "蘅栎镇", ["D1", "戊会", "蘅栎镇", None, "否"])
    before = register_of(("D1", "戊会", "蘅栎镇", 4, "否"))
    collection = wb.collect(week, before)
    assert collection.register.loc["D1", "full_members"] == 4
    assert collection.missing == ()
    assert (collection.findings.query("unit == '蘅栎镇'")["severity"] == "fault").any()


def test_nothing_but_refused_ledgers(tmp_path):
    ledger(tmp_path, "蘅栎镇", ["D1", "戊会", "蘅栎镇", None, "否"])
    with pytest.raises(RegisterError) as caught:
        wb.collect(tmp_path)
    assert [fault.code for fault in caught.value.faults] == ["missing_value"]


@pytest.mark.parametrize("folder", ["empty", "none"])
def test_no_ledgers(tmp_path, folder):
    if folder == "empty":
        (tmp_path / folder).mkdir()
    with pytest.raises(RegisterError):
        wb.collect(tmp_path / folder)


def test_a_listed_unit_is_missing(week):
    (week / "units.txt").write_text("# 名单\n岚汀街道\n望河街道\n", encoding="utf-8")
    assert wb.collect(week).missing == ("望河街道",)


def test_twice_by_code_and_name_takes_the_responsible_units_row(week):
    ledger(week, "市民政局", ["A1", "甲会", "岚汀街道", 9, "否", "岚汀街道"], head=[*HEAD, "责任单位"])
    collection = wb.collect(week)
    assert collection.register.loc["A1", "full_members"] == 1
    assert said(collection, "the responsible unit's row was taken")["unit"].tolist() == ["市民政局"]


def test_twice_by_code_only_is_told(week):
    ledger(week, "望河街道", ["A1", "别的会", "望河街道", 9, "否"])
    collection = wb.collect(week)
    assert len(said(collection, "has this identifier")) == 1


def test_twice_by_name_only_keeps_both(week):
    ledger(week, "望河街道", ["Z1", "甲会", "望河街道", 9, "否"])
    collection = wb.collect(week)
    assert {"A1", "Z1"} <= set(collection.register.index)
    assert len(said(collection, "of the same name")) == 1


def test_without_a_code_the_name_leads_to_last_weeks_identifier(tmp_path):
    ledger(tmp_path, "岚汀街道", ["甲会", "岚汀街道", 2, "否"], head=HEAD[1:])
    before = register_of(("A1", "甲会", "岚汀街道", 1, "否"))
    collection = wb.collect(tmp_path, before)
    assert collection.register.index.tolist() == ["A1"]
    assert collection.changes[["column", "before", "now", "change"]].to_numpy().tolist() == [
        ["full_members", "1", "2", "members_up"]
    ]


def test_another_code_for_the_same_organization_is_told_and_the_old_one_kept(tmp_path):
    ledger(tmp_path, "岚汀街道", ["A9", "甲会", "岚汀街道", 1, "否"])
    collection = wb.collect(tmp_path, register_of(("A1", "甲会", "岚汀街道", 1, "否")))
    assert collection.register.index.tolist() == ["A1"]
    assert len(said(collection, "last week's, A1, was kept")) == 1


def test_the_file_says_who_is_responsible(tmp_path):
    ledger(tmp_path, "市民政局社会组织台账2027年7月30日", ["A1", "甲会", "岚汀街道", 1, "否"])
    assert wb.collect(tmp_path).register["responsible"].tolist() == ["市民政局"]


def test_every_kind_of_change():
    before = register_of(
        ("A", "甲", "岚汀街道", 1, "否"),
        ("B", "乙", "岚汀街道", 2, "否"),
        ("C", "丙", "岚汀街道", 3, "否"),
        ("D", "丁", "岚汀街道", 4, "否"),
    )
    now = register_of(
        ("A", "甲", "河口镇", 1, "否"),
        ("B", "乙", "岚汀街道", 3, "否"),
        ("C", "丙", "岚汀街道", 2, "是"),
        ("E", "戊", "岚汀街道", 0, "否"),
    )
    changes = changes_between(before, now)
    assert list(zip(changes["org_id"], changes["column"], changes["change"], strict=True)) == [
        ("A", "street", "moved"),
        ("B", "full_members", "members_up"),
        ("C", "full_members", "members_down"),
        ("C", "has_branch", "formed"),
        ("D", "gone", "gone"),
        ("E", "new", "new"),
    ]
    assert changes_between(now, now).empty


def test_the_notice_says_them_in_words(week):
    before = register_of(("A1", "甲会", "岚汀街道", 3, "否"), ("B1", "丙会", "河口镇", 3, "否"))
    collection = wb.collect(week, before, as_of="2027-08-06")
    with in_language("zh"):
        notice = collection.notice("岚汀街道")
        assert "岚汀街道社会组织党建台账变更说明 2027-08-06" in notice
        assert "甲会（A1）：正式党员由3改为1" in notice
        assert "新增 1 家：\n  乙会（A2）" in notice
        assert "本周无变更" in collection.notice("河口镇")
    assert "since last week" in collection.summary()
