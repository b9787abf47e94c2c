"""Ledgers that were uploaded: read, settled, put together, and planned with."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.inputs.ledger import read_ledger
from workbench.jobs.collect import collect
from workbench.jobs.session import Ledgers

DEMO = Path(__file__).resolve().parents[4] / "data" / "demo_ledgers"
TOTALS = "单位名称,镇街,党员总数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n丙学会,西街,0,否\n"


@pytest.fixture
def state(session) -> Ledgers:
    return Ledgers(session)


def receive(state: Ledgers, **how) -> None:
    state.receive(**how)
    state.session.jobs.settle()


def demo() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(DEMO.iterdir()) if path.suffix in (".xlsx", ".csv")}


def test_one_ledger_is_read_as_the_package_reads_it(state) -> None:
    path = DEMO / "岚汀街道.xlsx"
    receive(state, files={path.name: path.read_bytes()})
    alone = read_ledger(path, {})
    assert state.register is not None
    assert state.register.equals(alone.register)
    assert state.collection is None


def test_what_can_be_meant_in_two_ways_is_settled_and_taken_back(state) -> None:
    receive(state, files={"镇街台账.csv": TOTALS.encode()})
    assert state.register is None
    codes = {note.code for note in state.read["镇街台账.csv"].examination.notes if note.severity == "fault"}
    assert codes == {"members_ambiguous"}
    state.settle("镇街台账.csv", "党员总数", "full_members")
    state.session.jobs.settle()
    assert state.register is not None
    assert state.register["full_members"].tolist() == [3, 2, 0]
    state.unsettle("镇街台账.csv")
    state.session.jobs.settle()
    assert state.register is None


def test_what_stands_for_every_row_is_settled(state) -> None:
    rows = "单位名称,正式党员数,是否建立党组织\n甲协会,3,是\n乙商会,2,否\n"
    receive(state, files={"a.csv": rows.encode()})
    assert state.register is None
    state.settle_all("a.csv", "street", "东街")
    state.session.jobs.settle()
    assert set(state.register["street"]) == {"东街"}
    state.settle_all("a.csv", "street", " ")
    state.session.jobs.settle()
    assert state.register is None


def test_several_are_put_together_and_nothing_stays_on_the_disk(state, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    receive(state, files=demo())
    together = state.collection
    assert together is not None, state.refused
    assert len(together.ledgers) == len(demo())
    assert set(state.read) == set(demo())
    assert list(tmp_path.iterdir()) == []


def test_together_they_are_what_collect_makes_of_them(state, tmp_path) -> None:
    for name, content in demo().items():
        (tmp_path / name).write_bytes(content)
    receive(state, files=demo())
    assert state.register.equals(collect(tmp_path).register)


def test_what_cannot_be_read_at_all_is_told_and_what_was_open_stays(state, session) -> None:
    register = session.register
    receive(state, files={"a.xlsx": b"not a workbook"})
    only = state.read["a.xlsx"]
    assert only.examination is None
    assert only.error is not None
    receive(state, files={"a.xlsx": b"no", "b.csv": b"\n"})
    assert state.refused is not None
    assert {name: read.examination for name, read in state.read.items()} == {"a.xlsx": None, "b.csv": None}
    state.go_on()
    assert session.register is register


def test_the_register_is_planned_with_and_last_weeks_is_compared(state, session) -> None:
    receive(state, files=demo())
    made = state.register
    state.go_on()
    session.jobs.settle()
    assert list(session.register.index) == list(made.index), session.message.words
    assert session.own_register
    receive(state, files=demo(), previous=True)
    assert state.collection.changes.empty
