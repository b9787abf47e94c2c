"""Work is saved, taken up again, and carried to another register: the same numbers, the same steps."""

from __future__ import annotations

import json
import stat
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.sessions import REPLICATIONS, SEED
from workbench.inputs import write_register
from workbench.jobs.session import Session, VisitStore, sweep
from workbench.jobs.session.link import MOST_SETTINGS_BYTES, settings_from_link, settings_in_link
from workbench.jobs.session.saving import VERSION, snapshot
from workbench.jobs.session.store import Autosave


@pytest.fixture
def busy(opened: Callable[..., Session]) -> Session:
    """A session in which much was done: moves, rules, a pin, two kept plans, a step that was undone."""
    session = opened()
    first, second = session.board.responsible_units[:2]
    session.keep("as it was")
    session.move(first, session.instructors[first] + 2)
    session.change({"committee.agenda": 3})
    session.jobs.settle()
    unit = session.board.grouping.assignment.iloc[0]
    session.pin(unit["org_id"], unit["facility_kind"], unit["facility_id"])
    session.jobs.settle()
    session.keep("pinned")
    session.move(second, session.instructors[second] + 1)
    session.move(first, 0)
    session.undo()
    return session


def taken_up(session: Session, saved: dict, register: object = None) -> Session:
    """Another session, in which the work is taken up: through JSON, as a file holds it."""
    again = Session(language="en", replications=REPLICATIONS, seed=SEED, today=date(2027, 8, 2))
    served = session.link_base or session.begun
    again.served = (session.register, served)
    again.open(session.register if register is None else register, served, saved=json.loads(json.dumps(saved)))
    again.jobs.settle()
    assert again.ready, again.message.words
    return again


def same(one: object, other: object) -> bool:
    return (one.instructors, one.probability, one.expected) == (other.instructors, other.probability, other.expected)


def test_what_was_saved_is_taken_up_again(busy: Session) -> None:
    again = taken_up(busy, snapshot(busy))
    assert again.message.level == "note"
    assert "earlier work is back" in again.message.words
    assert same(again.answer, busy.answer)
    assert same(again.baseline, busy.baseline)
    assert again.rules == busy.rules
    assert again.total == busy.total
    assert list(again.kept) == ["as it was", "pinned"]
    for name, state in busy.kept.items():
        assert same(again.kept[name].answer, state.answer)
        assert again.kept[name].scenario == state.scenario
    assert [len(steps) for steps in again.steps] == [len(steps) for steps in busy.steps]


def test_steps_are_undone_and_done_again_as_before(busy: Session) -> None:
    again = taken_up(busy, snapshot(busy))
    for session in (busy, again):
        session.redo()
        session.jobs.settle()
    assert same(again.answer, busy.answer)
    assert not again.can_redo
    while busy.can_undo:
        for session in (busy, again):
            session.undo()
            session.jobs.settle()
        assert same(again.answer, busy.answer)
    assert not again.can_undo


def test_a_new_step_ends_what_could_be_done_again(busy: Session) -> None:
    assert busy.can_redo
    busy.share_out("equal")
    assert not busy.can_redo
    before = busy.answer
    busy.undo()
    busy.redo()
    assert same(busy.answer, before)


def test_work_that_does_not_fit_any_more_is_said(busy: Session) -> None:
    saved = snapshot(busy)
    saved["scenarios"][0]["instructors"]["caseload"] = "many"
    again = taken_up(busy, saved)
    assert again.ready
    assert "begins anew" in again.message.words
    assert again.kept == {}


def test_kept_plans_and_steps_come_along_to_another_register(busy: Session, hamlet, tmp_path: Path) -> None:
    write_register(hamlet.iloc[:-3], tmp_path / "later.csv")
    steps = len(busy.steps[0])
    busy.open_register(tmp_path / "later.csv")
    busy.jobs.settle()
    assert len(busy.register) == len(hamlet) - 3
    assert busy.own_register
    assert list(busy.kept) == ["as it was", "pinned"]
    assert busy.rules.grouping.pinned == {}
    assert all(state.step.rules.register_path == "later.csv" for state in busy.kept.values())
    assert len(busy.steps[0]) == steps
    busy.undo()
    busy.jobs.settle()
    assert busy.message is None or busy.message.level != "fault", busy.message.words
    busy.recall("pinned")
    busy.jobs.settle()
    assert same(busy.answer, busy.kept["pinned"].answer)


def test_autosave_writes_what_only_its_owner_opens(busy: Session, hamlet, tmp_path: Path) -> None:
    folder = tmp_path / "visits"
    store, other = (VisitStore(folder, lambda key=key: key) for key in ("k" * 43, "o" * 43))
    assert store.load() is None
    saving = Autosave(busy, store)
    saving.now()
    files = list(folder.iterdir())
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600]
    assert "k" * 43 not in files[0].name
    assert other.load() is None
    saved = store.load()
    assert saved["version"] == VERSION
    assert not saved["register"]["own"]
    assert same(taken_up(busy, saved).answer, busy.answer)
    write_register(hamlet.iloc[:-3], tmp_path / "own.csv")
    busy.open_register(tmp_path / "own.csv")
    busy.jobs.settle()
    saving.now()
    assert store.load()["register"] == {"own": True, "name": "own.csv"}
    assert same(taken_up(busy, store.load(), store.register).answer, busy.answer)
    busy.served = (hamlet, busy.begun)
    busy.start_over()
    busy.jobs.settle()
    saving.now()
    assert store.register is None
    assert not busy.can_undo
    assert busy.kept == {}
    store.clear()
    assert list(folder.glob("*.json")) == []
    store.save(saved)
    sweep(folder, days=1)
    assert store.load() is not None
    sweep(folder, days=-1)
    assert store.load() is None


def test_of_two_pages_none_loses_a_plan_of_the_same_name(opened: Callable[..., Session], tmp_path: Path) -> None:
    store = VisitStore(tmp_path / "visits", lambda: "k" * 43)
    one, two = opened(), opened()
    writing = [Autosave(session, store) for session in (one, two)]
    for saving in writing:
        saving.now()
    unit = one.board.responsible_units[0]

    def kept() -> dict[str, dict[str, int] | None]:
        return {name: plain["own"] for name, plain in store.load()["kept"].items()}

    def give(session: Session, count: int) -> dict[str, int]:
        session.keep_total = False
        session.move(unit, 10 + count)
        return session.instructors

    first = give(one, 1)
    one.keep("weekly")
    assert one.message is None
    second = give(two, 2)
    two.keep("weekly")
    assert "“weekly”" in two.message.words
    assert "“weekly (2)”" in two.message.words
    assert kept() == {"weekly": first, "weekly (2)": second}
    two.keep("weekly")
    assert set(kept()) == {"weekly", "weekly (2)", "weekly (3)"}
    # One's own is replaced, as it says; the other page keeps what it shows and writes nothing old over it.
    third = give(one, 3)
    one.keep("weekly")
    for saving in (*reversed(writing), *writing):
        saving.now()
    assert kept() == {"weekly": third, "weekly (2)": second, "weekly (3)": second}
    again = taken_up(two, store.load())
    assert set(again.kept) == set(kept())
    back = Autosave(again, store)
    back.now()
    fourth = give(one, 4)
    one.keep("weekly")
    back.now()
    assert kept()["weekly"] == fourth
    # What is dropped here is gone, and does not come back from the other.
    one.drop("weekly")
    one.keep("other")
    assert "weekly" not in kept()
    # Both at the same moment: who writes later has looked before, and puts the other's beside its own.
    again.move(unit, 20)
    give(one, 5)
    one.keep("other")
    one.free_name = again.free_name = str
    again.keep("other")
    assert kept()["other"] == again.instructors
    assert kept()["other (2)"] == one.instructors


def test_nobody_s_work_is_not_saved(busy: Session, tmp_path: Path) -> None:
    store = VisitStore(tmp_path / "visits", lambda: None)
    Autosave(busy, store).now()
    assert store.load() is None
    assert not (tmp_path / "visits").exists()


def test_a_link_holds_the_settings(busy: Session) -> None:
    busy.link_base = busy.begun
    again = Session(language="en", replications=REPLICATIONS, seed=SEED)
    again.served = (busy.register, busy.begun)
    again.open(busy.register, busy.begun, settings=busy.link)
    again.jobs.settle()
    assert again.rules.committee == busy.rules.committee
    assert again.rules.grouping == busy.rules.grouping
    assert again.instructors == busy.instructors
    assert again.link_base == busy.begun
    assert settings_in_link(busy.begun, busy.begun) == settings_in_link(busy.rules, busy.rules)


@pytest.mark.parametrize("letters", ["", "x", "!!!", "eJwr", "A" * 5000])
def test_a_damaged_link_is_said(session: Session, letters: str) -> None:
    with pytest.raises(ValueError, match="link"):
        settings_from_link(letters)
    if letters:
        session.open(session.register, session.rules, settings=letters)
        session.jobs.settle()
        assert "link" in session.message.words
        assert session.ready


def test_a_link_names_no_file_and_does_not_swell(session: Session) -> None:
    named = {"register": "/etc/passwd", "base": "x.yaml", "committee.agenda": 4}
    letters = urlsafe_b64encode(zlib.compress(json.dumps(named).encode())).decode()
    assert settings_from_link(letters) == {"committee.agenda": 4}
    bomb = urlsafe_b64encode(zlib.compress(b"[" + b" " * (2 * MOST_SETTINGS_BYTES) + b"]")).decode()
    with pytest.raises(ValueError, match="link"):
        settings_from_link(bomb)
