"""What panels have of their own comes back: what was handed in for a review, what was settled, what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.sessions import REPLICATIONS, SEED
from workbench.inputs import write_register
from workbench.jobs.session import Autosave, Ledgers, Reviewing, Session, VisitStore
from workbench.jobs.session.memory import Memory
from workbench.jobs.session.store import NAME
from workbench.simulation import simulate
from workbench.simulation.tracing import weekly_registers

BEFORE, TODAY = date(2027, 8, 13), date(2027, 8, 20)
KEY = "k" * 43
LEDGER = "单位名称,镇街,党员总数,是否建立党组织\n甲协会,东街,3,是\n乙商会,东街,2,否\n"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Saved with every change: no session of a test writes after another one has come."""
    monkeypatch.setattr(Autosave, "soon", Autosave.now)


@pytest.fixture
def store(tmp_path: Path) -> VisitStore:
    return VisitStore(tmp_path / "visits", lambda: KEY)


@pytest.fixture(scope="session")
def weeks(hamlet, small_rules, small_grouping):
    return weekly_registers(hamlet, small_rules, small_grouping, days=[BEFORE, TODAY], replication=5)


@pytest.fixture
def handed_in(session: Session, store: VisitStore, weeks, hamlet, small_rules, small_grouping, tmp_path) -> Reviewing:
    """A review with all three of its parts, saved by itself."""
    session.saving = Autosave(session, store)
    review = Reviewing(session)
    for part, day in (("register", TODAY), ("previous", BEFORE)):
        path = write_register(weeks[day], tmp_path / f"register_{day}.csv")
        review.receive(part, path.name, path.read_bytes())
    plan = simulate(hamlet, small_rules, small_grouping, replications=REPLICATIONS).save(tmp_path / "outcome.nc")
    review.receive("plan", plan.name, plan.read_bytes())
    session.jobs.settle()
    review.choose(date(2027, 8, 19))
    session.saving.now()
    return review


def come_back(session: Session, store: VisitStore) -> Session:
    """Another process of the same visitor."""
    saved = store.load()
    assert saved is not None
    again = Session(language="en", replications=REPLICATIONS, seed=SEED, today=date(2027, 8, 2))
    again.served = (session.register, session.begun)
    again.saving = Autosave(again, store)
    again.memory.fill(saved["panels"])
    again.open(session.register, session.begun, saved=saved)
    again.jobs.settle()
    return again


def kinds(store: VisitStore) -> set[str]:
    """What lies there of the visitor, but for what is just being written."""
    return {file.name[NAME:] for file in store.folder.iterdir() if file.suffix != ".lock" and "draft" not in file.name}


def same(one: Reviewing, other: Reviewing) -> None:
    assert one.day == other.day
    for part in ("own", "previous"):
        before, now = getattr(one, part), getattr(other, part)
        assert (before.name, before.day, before.latest) == (now.name, now.day, now.latest)
        assert before.register.equals(now.register)
    assert one.plan.name == other.plan.name
    assert one.plan.outcome.scenario == other.plan.outcome.scenario
    assert one.plan.outcome.dataset.equals(other.plan.outcome.dataset)


def test_what_was_handed_in_for_a_review_comes_back(handed_in: Reviewing, store: VisitStore) -> None:
    again = come_back(handed_in.session, store)
    back = Reviewing(again)
    again.jobs.settle()
    same(handed_in, back)
    assert back.found is None


def test_it_waits_for_its_panel_over_several_visits(handed_in: Reviewing, store: VisitStore) -> None:
    """Nobody opened the panel in between; the work was saved all the same."""
    once = come_back(handed_in.session, store)
    once.keep("between")
    twice = come_back(once, store)
    assert list(twice.kept) == ["between"]
    back = Reviewing(twice)
    # Saved while what was handed in is still being read: it must not be lost meanwhile.
    twice.saving.now()
    twice.jobs.settle()
    same(handed_in, back)
    twice.saving.now()
    thrice = come_back(twice, store)
    last = Reviewing(thrice)
    thrice.jobs.settle()
    same(handed_in, last)


def test_a_review_is_made_again(handed_in: Reviewing, store: VisitStore) -> None:
    handed_in.find()
    handed_in.session.jobs.settle()
    handed_in.session.saving.now()
    again = come_back(handed_in.session, store)
    back = Reviewing(again)
    again.jobs.settle()
    assert again.message is None or again.message.level != "fault", again.message.words
    assert back.found.summary() == handed_in.found.summary()


def test_it_is_taken_back_and_cleared_with_the_rest(handed_in: Reviewing, store: VisitStore) -> None:
    assert kinds(store) == {".json", "-review.csv", "-previous.csv", "-plan.nc"}
    handed_in.take_back()
    handed_in.session.saving.now()
    assert kinds(store) == {".json"}
    assert store.load()["panels"]["review"]["names"] == {}


def test_the_same_button_clears_it_even_if_its_panel_was_never_opened(handed_in: Reviewing, store: VisitStore) -> None:
    again = come_back(handed_in.session, store)
    again.start_over()
    again.jobs.settle()
    again.saving.now()
    assert kinds(store) == {".json"}
    back = Reviewing(again)
    again.jobs.settle()
    assert not back.handed_in


def test_a_damaged_memory_is_no_fault(handed_in: Reviewing, store: VisitStore) -> None:
    saved = store.load()
    for wrong in (None, [], {"names": 3}, {"names": {}, "day": "soon", "found": True}, {"names": {"plan": "x"}}):
        store.save({**saved, "panels": {"review": wrong}})
        again = come_back(handed_in.session, store)
        back = Reviewing(again)
        again.jobs.settle()
        assert again.ready
        assert not back.handed_in


def test_what_was_settled_of_a_ledger_holds_again_and_the_ledger_is_not_saved(
    session: Session, store: VisitStore
) -> None:
    session.saving = Autosave(session, store)
    ledgers = Ledgers(session)
    assert not session.memory.would_be_lost
    ledgers.receive({"台账.csv": LEDGER.encode()})
    session.jobs.settle()
    assert ledgers.register is None
    assert session.memory.would_be_lost
    ledgers.settle("台账.csv", "党员总数", "full_members")
    session.jobs.settle()
    assert ledgers.register is not None
    session.saving.now()
    assert not any("甲协会" in file.read_text(encoding="utf-8") for file in store.folder.iterdir())
    again = come_back(session, store)
    back = Ledgers(again)
    assert not again.memory.would_be_lost
    back.receive({"台账.csv": LEDGER.encode()})
    again.jobs.settle()
    assert back.register.equals(ledgers.register)
    back.go_on()
    again.jobs.settle()
    assert not again.memory.would_be_lost
    assert len(again.register) == 2


def test_work_that_cannot_be_written_would_be_lost(session: Session, store: VisitStore) -> None:
    saving = Autosave(session, store)
    store.folder.parent.joinpath("visits").write_text("a file where the folder should be", encoding="utf-8")
    saving.now()
    assert session.memory.would_be_lost
    store.folder.unlink()
    saving.now()
    assert not session.memory.would_be_lost


def test_plans_of_another_page_of_the_same_visitor_are_not_lost(
    opened: Callable[..., Session], store: VisitStore
) -> None:
    one, other = opened(), opened()
    for session in (one, other):
        session.saving = Autosave(session, store)
    one.keep("first page")
    other.keep("second page")
    unit = one.board.responsible_units[0]
    one.move(unit, one.instructors[unit] + 1)
    one.saving.now()
    assert list(store.load()["kept"]) == ["first page", "second page"]
    again = come_back(one, store)
    assert list(again.kept) == ["first page", "second page"]
    assert again.instructors == one.instructors
    one.drop("first page")
    assert list(store.load()["kept"]) == ["second page"]


def test_what_is_there_is_asked_and_what_is_not_waits() -> None:
    class Panel:
        heard: dict | None = None

        def saved(self) -> dict:
            return {"now": 1}

        def take_up(self, saved: dict) -> None:
            self.heard = saved

        def forget(self) -> None:
            self.heard = None

    memory, early, late = Memory(), Panel(), Panel()
    memory.attach("early", early)
    memory.fill(json.loads('{"early": {"a": 1}, "late": {"b": 2}, "never": {"c": 3}}'))
    assert early.heard is None
    memory.opened()
    memory.attach("late", late)
    assert (early.heard, late.heard) == ({"a": 1}, {"b": 2})
    assert memory.saved() == {"early": {"now": 1}, "late": {"now": 1}, "never": {"c": 3}}
    memory.forget()
    assert early.heard is None
    assert set(memory.saved()) == {"early", "late"}
