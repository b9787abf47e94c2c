"""Measures of the plan that is open: what a package promises is what the page shows once it is taken."""

from __future__ import annotations

import pytest

from workbench.jobs.session import Deciding

pytestmark = pytest.mark.usefixtures("search_once")


def found(session) -> Deciding:
    state = Deciding(session)
    state.find()
    session.jobs.settle()
    assert state.found is not None, session.message
    return state


def test_a_package_that_is_taken_gives_what_was_promised_and_can_be_undone(session) -> None:
    state = found(session)
    before, own = session.answer, session.instructors
    package = state.in_order(["saturdays", "half_more_instructors"])
    state.ask(package)
    session.jobs.settle()
    promised = state.packages[package]
    state.take(package)
    session.jobs.settle()
    assert session.answer.expected["organization"] == promised["expected"]
    assert session.answer.probability["organization"].value == promised["probability"]
    assert "Sat" in session.rules.calendar.weekmask
    assert session.total == sum(session.instructors.values()) > sum(own.values())
    assert state.found is None  # of another plan
    session.undo()
    session.jobs.settle()
    assert session.answer.expected == before.expected
    assert session.instructors == own


def test_joint_branches_come_with_the_package(session) -> None:
    state = found(session)
    package = state.in_order(["larger_groups", "joint_farther"])
    state.ask(package)
    session.jobs.settle()
    promised = state.packages[package]
    state.take(package)
    session.jobs.settle()
    assert session.answer.expected["organization"] == promised["expected"]
    assert session.rules.grouping.max_units == 10


def test_instructors_that_were_moved_stay_moved(session) -> None:
    responsible = next(iter(session.instructors))
    session.move(responsible, session.instructors[responsible] + 1)
    moved = session.instructors
    state = found(session)
    state.take(["saturdays"])
    session.jobs.settle()
    assert session.instructors == moved


def test_a_change_of_the_plan_takes_the_answer_away(session) -> None:
    state = found(session)
    session.share_out("equal")
    assert state.found is None
    assert state.packages == {}
    state.take(["saturdays"])
    assert "Sat" not in session.rules.calendar.weekmask


def test_what_stands_in_the_register_is_not_taken_and_said(session) -> None:
    state = found(session)
    assert state.of_register(["hosts_take_two", "saturdays"]) == ["hosts_take_two"]
    state.take(["hosts_take_two"])
    assert session.message is not None
    assert state.found.listed["hosts_take_two"].label in session.message.words
    assert not session.can_undo


def test_a_kept_plan_with_a_package_is_saved_to_the_same_numbers(session, hamlet, tmp_path) -> None:
    from workbench.grouping import group
    from workbench.inputs import read_scenario
    from workbench.simulation import simulate

    state = found(session)
    state.take(["joint_farther", "saturdays"])
    session.jobs.settle()
    session.keep("package")
    path = tmp_path / "package.yaml"
    path.write_text(session.kept["package"].yaml, encoding="utf-8")
    again = read_scenario(path)
    outcome = simulate(
        hamlet, again, group(hamlet, again, seed=session.seed), replications=session.replications, seed=session.seed
    )
    assert outcome.expected() == session.answer.expected["organization"]
