"""The state: every number is what the package itself gives, and every step can be taken back."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from tests.patience import GIVE_UP
from tests.sessions import REPLICATIONS, SEED
from workbench.errors import ScenarioError
from workbench.grouping import group
from workbench.inputs import inspect, read_scenario, write_register
from workbench.jobs.session.board import LEVELS
from workbench.jobs.session.session import Session
from workbench.labels import in_language, text
from workbench.numbers import percent
from workbench.planning import allocate
from workbench.simulation import simulate


def simulated(session, scenario=None, grouping=None):
    return simulate(
        session.register,
        scenario or session.scenario,
        grouping or session.board.grouping,
        replications=REPLICATIONS,
        seed=SEED,
    )


def assert_answers(answer, outcome) -> None:
    """What the panels show is what a simulation of the same gives, to the last bit."""
    for target in ("organization", "work"):
        assert answer.probability[target] == outcome.probability(target)
        assert answer.expected[target] == outcome.expected(target)
        np.testing.assert_array_equal(answer.fan[target], outcome.quantiles(LEVELS, target).to_numpy().T)
    responsible_units = outcome.breakdown("responsible")["coverage"]
    assert answer.by_responsible == pytest.approx(dict(responsible_units), abs=1e-12)


def test_opening_shows_what_the_package_gives(session) -> None:
    assert_answers(session.answer, simulated(session, session.rules))
    assert session.baseline is session.answer
    assert session.last is None
    assert session.total == 14
    assert not session.can_undo


@pytest.mark.parametrize("keep", [True, False])
def test_a_move_is_the_scenario_with_those_instructors(session, keep) -> None:
    session.keep_total = keep
    responsible = session.board.responsible_units[1]
    before = session.instructors
    session.move(responsible, before[responsible] + 3)
    assert session.instructors[responsible] == before[responsible] + 3
    assert session.total == sum(session.instructors.values()) == (14 if keep else 17)
    assert session.scenario.instructors.by_responsible == session.instructors
    assert_answers(session.answer, simulated(session))
    assert session.last is session.baseline


def test_instructors_that_no_responsible_has_wait_in_the_reserve(session) -> None:
    first, second = session.board.responsible_units[:2]
    session.move(first, 0)
    reserve = session.reserve
    assert reserve > 0
    others = {responsible: n for responsible, n in session.instructors.items() if responsible not in (first, second)}
    session.move(second, session.instructors[second] + reserve)
    assert session.reserve == 0
    assert {
        responsible: n for responsible, n in session.instructors.items() if responsible not in (first, second)
    } == others


def test_a_smaller_total_takes_from_those_who_have_most_beyond_their_share(session) -> None:
    session.set_total(9)
    assert sum(session.instructors.values()) == session.total == 9
    session.set_total(12)
    assert session.reserve == 3
    assert_answers(session.answer, simulated(session))


@pytest.mark.parametrize("how", ["equal", "by_organizations", "by_need"])
def test_sharing_out_is_what_a_scenario_with_that_share_gives(session, how) -> None:
    session.move(session.board.responsible_units[0], 9)
    session.share_out(how)
    rules = session.rules.replace({"instructors.share": how, "instructors.total": 14})
    assert_answers(session.answer, simulated(session, rules))


def test_undo_goes_back_step_by_step(session) -> None:
    first, second, third = session.board.responsible_units[:3]
    states = [session.instructors]
    for responsible in (first, second, third):
        session.move(responsible, session.instructors[responsible] + 1)
        states.append(session.instructors)
    for expected in reversed(states[:-1]):
        session.undo()
        assert session.instructors == expected
        assert_answers(session.answer, simulated(session))
    assert not session.can_undo
    session.undo()


def test_a_drag_of_one_slider_is_one_step(session, monkeypatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("workbench.jobs.session.session.monotonic", lambda: clock[0])
    responsible, before, start = session.board.responsible_units[0], session.instructors, session.answer
    for wanted in (5, 6, 7):
        clock[0] += 0.1
        session.move(responsible, wanted)
    assert session.last is start
    clock[0] += 5.0
    session.move(responsible, 8)
    session.undo()
    assert session.instructors[responsible] == 7
    session.undo()
    assert session.instructors == before


def test_a_move_to_where_it_is_is_no_step(session) -> None:
    responsible = session.board.responsible_units[0]
    session.move(responsible, session.instructors[responsible])
    assert not session.can_undo


def test_rules_are_worked_out_in_a_job_and_can_be_undone(session) -> None:
    before, grouping = session.answer, session.board.grouping
    session.change({"committee.every_weeks": 3})
    assert session.stale
    assert session.answer is before
    session.jobs.settle()
    assert not session.stale
    assert session.board.grouping is grouping
    assert_answers(session.answer, simulated(session))
    assert session.answer.expected["organization"] < before.expected["organization"]
    session.undo()
    session.jobs.settle()
    assert session.rules.committee.every_weeks == 1
    assert session.answer.probability == before.probability


def test_rules_about_members_plan_joint_branches_anew(session) -> None:
    session.change({"policy.two_members": "joint"})
    session.jobs.settle()
    assert_answers(session.answer, simulated(session, grouping=group(session.register, session.rules, seed=SEED)))


def test_a_move_while_rules_are_worked_out_is_not_lost(session) -> None:
    responsible = session.board.responsible_units[0]
    session.change({"committee.every_weeks": 2})
    session.move(responsible, 6)
    session.jobs.settle()
    assert session.instructors[responsible] == 6
    assert_answers(session.answer, simulated(session))


def test_of_two_changes_the_later_holds(session) -> None:
    session.change({"committee.every_weeks": 4})
    session.change({"committee.agenda": 2})
    session.jobs.settle()
    assert (session.rules.committee.every_weeks, session.rules.committee.agenda) == (4, 2)
    assert session.board.rules == session.rules
    assert_answers(session.answer, simulated(session))


def test_what_makes_no_scenario_changes_nothing(session) -> None:
    rules = session.rules
    with pytest.raises(ScenarioError):
        session.change({"committee.every_weeks": 0})
    assert session.rules is rules
    assert not session.can_undo


def test_demands_that_cannot_be_met_go_back_and_are_said(session) -> None:
    rules, answer = session.rules, session.answer
    branch = session.register.index[session.register["has_branch"]][0]
    unit = session.board.grouping.assignment["org_id"].iloc[0]
    session.pin(str(unit), "peer", str(branch))
    session.jobs.settle()
    assert session.message.level == "fault"
    assert branch in session.message.words
    assert session.rules == rules
    assert session.answer is answer
    assert not session.can_undo


def test_forbidding_and_pinning_solve_again_from_there(session) -> None:
    grouping = session.board.grouping
    row = next(row for row in grouping.assignment.to_dict("records") if row["org_id"] != row["facility_id"])
    session.forbid(row["org_id"], row["facility_kind"], row["facility_id"])
    session.jobs.settle()
    after = session.board.grouping.assignment.set_index("org_id")
    here = after.loc[row["org_id"]] if row["org_id"] in after.index else None
    assert here is None or (here["facility_kind"], here["facility_id"]) != (row["facility_kind"], row["facility_id"])
    session.unpin(row["org_id"])
    session.jobs.settle()
    assert session.rules.grouping.forbidden == ()
    session.pin(row["org_id"], row["facility_kind"], row["facility_id"])
    session.jobs.settle()
    pinned = session.board.grouping.assignment.set_index("org_id").loc[row["org_id"]]
    assert (pinned["facility_kind"], pinned["facility_id"]) == (row["facility_kind"], row["facility_id"])
    assert session.board.grouping.check(session.register, session.rules).ok
    assert_answers(session.answer, simulated(session))


def test_optimising_sends_the_total_where_it_does_most(session) -> None:
    session.set_total(10)
    before = session.answer
    session.optimise()
    session.jobs.settle()
    best = allocate(
        session.register, session.scenario, session.board.grouping, total=10, replications=REPLICATIONS, seed=SEED ^ 1
    )
    assert session.instructors == dict(best.instructors)
    assert session.message.level == "done"
    # What is shown is what the search has not seen, the same as everywhere else; its own sample flatters, and says so.
    assert_answers(session.answer, simulated(session))
    assert percent(best.sample_probability) in session.message.words
    session.undo()
    assert session.answer.probability == before.probability


def test_an_optimum_for_an_earlier_state_is_dropped_and_said(session) -> None:
    session.optimise()
    responsible = session.board.responsible_units[0]
    session.move(responsible, 0)
    moved = session.instructors
    session.jobs.settle()
    assert session.instructors == moved
    assert "dropped" in session.message.words


def test_a_stopped_search_leaves_all_as_it_is(session) -> None:
    before = session.instructors
    session.optimise()
    session.stop("optimise")
    session.jobs.settle()
    assert session.instructors == before
    session.stop("nothing of that name")


def test_a_stopped_grouping_keeps_the_best_so_far(session) -> None:
    session.regroup(changes={"grouping.max_units": 10}, warm=False)
    session.stop("recompute")
    session.jobs.settle()
    assert session.rules.grouping.max_units == 10
    assert session.board.grouping.check(session.register, session.rules).ok


def test_the_gap_is_that_of_the_present_state_or_none(session) -> None:
    session.explain()
    session.jobs.settle()
    assert session.gap.expected == session.answer.expected["organization"]
    session.move(session.board.responsible_units[0], 0)
    assert session.gap is None
    session.explain()
    session.undo()
    session.jobs.settle()
    assert session.gap is None


# --- Keeping, and scenario files --------------------------------------------------------------------------------


def from_file(session, scenario, folder: Path):
    """The outcome that `workbench plan` gets from a saved scenario."""
    write_register(session.register, folder / "city.csv")
    file = folder / "saved.yaml"
    file.write_text(session.yaml_of(scenario.replace("register", "city.csv")), encoding="utf-8")
    read = read_scenario(file)
    assert read.fingerprint == scenario.fingerprint
    return simulated(session, read, group(session.register, read, seed=SEED))


@pytest.mark.parametrize("method", ["optimal", "nearest"])
def test_a_saved_scenario_leads_to_the_same_numbers(session, method, tmp_path) -> None:
    session.change({"committee.agenda": 3})
    session.jobs.settle()
    session.regroup(method, changes={"grouping.max_distance_km": 2.0}, warm=False)
    session.jobs.settle()
    session.move(session.board.responsible_units[2], 7)
    outcome = from_file(session, session.as_scenario("saved"), tmp_path)
    assert_answers(session.answer, outcome)
    assert bool(session.as_scenario("saved").grouping.pinned) == (method == "nearest")


def test_a_grouping_that_grew_from_another_is_saved_with_its_places(opened, small_grouping, tmp_path) -> None:
    session = opened(small_grouping)
    scenario = session.as_scenario("given")
    assert set(scenario.grouping.pinned) == set(small_grouping.assignment["org_id"])
    assert_answers(session.answer, from_file(session, scenario, tmp_path))


def test_what_was_kept_can_be_recalled_and_forgotten(session) -> None:
    session.keep(" first ")
    first = session.answer
    session.change({"committee.every_weeks": 3, "policy.two_members": "joint"})
    session.jobs.settle()
    session.keep("second")
    assert list(session.kept) == ["first", "second"]
    assert session.kept["second"].answer is session.answer
    session.recall("first")
    session.jobs.settle()
    assert session.answer.probability == first.probability
    assert session.rules.committee.every_weeks == 1
    session.undo()
    session.jobs.settle()
    assert session.rules.committee.every_weeks == 3
    session.drop("first")
    session.drop("first")
    session.keep("  ")
    session.recall("first")
    assert list(session.kept) == ["second"]


# --- Opening ----------------------------------------------------------------------------------------------------


def test_another_register_opens_under_the_same_rules(session, hamlet, tmp_path) -> None:
    unit = session.board.grouping.assignment.iloc[0]
    session.pin(unit["org_id"], unit["facility_kind"], unit["facility_id"])
    session.change({"committee.agenda": 4})
    session.jobs.settle()
    path = tmp_path / "other.csv"
    write_register(hamlet.drop(hamlet.index[:5]), path)
    gone: list[int] = []
    session.open_register(path, cleanup=lambda: gone.append(1))
    session.jobs.settle()
    assert gone == [1]
    assert len(session.register) == len(hamlet) - 5
    assert session.rules.committee.agenda == 4
    assert session.rules.register_path == "other.csv"
    assert session.rules.grouping.pinned == {}
    assert session.can_undo
    assert_answers(session.answer, simulated(session, session.rules))


def test_a_broken_register_is_told_in_full_and_the_plan_stays(session, hamlet, tmp_path) -> None:
    path = tmp_path / "broken.csv"
    write_register(hamlet, path)
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    head = rows[0].split(",")
    for row, value in ((1, "-4"), (2, "many")):
        cells = rows[row].split(",")
        cells[head.index("full_members")] = value
        rows[row] = ",".join(cells)
    path.write_text("\n".join(rows), encoding="utf-8")
    answer = session.answer
    session.open_register(path)
    session.jobs.settle()
    words = session.message.words
    assert session.message.level == "fault"
    assert "broken.csv" in words
    assert "-4" in words
    assert "many" in words
    assert "full_members" in words
    assert session.answer is answer
    session.speak("zh")
    with in_language("zh"):
        assert "broken.csv" in session.message.words


def test_a_move_while_another_register_fails_is_answered(session, tmp_path) -> None:
    responsible = session.board.responsible_units[0]
    session.open_register(tmp_path / "not_there.csv")
    session.move(responsible, 0)
    assert_answers(session.answer, simulated(session))
    session.jobs.settle()
    assert session.message.level == "fault"
    assert session.instructors[responsible] == 0


def test_what_was_begun_before_another_register_opens_is_dropped(session, hamlet, tmp_path) -> None:
    path = tmp_path / "other.csv"
    write_register(hamlet.iloc[5:], path)
    session.open_register(path)
    session.change({"committee.agenda": 2})
    session.jobs.settle()
    assert session.board.register is session.register
    assert_answers(session.answer, simulated(session))


def test_a_repaired_register_opens_where_the_first_one_could_not(small_rules, hamlet, tmp_path) -> None:
    from workbench.jobs.session.session import Session

    session = Session(language="en", replications=REPLICATIONS, seed=SEED)
    session.open(tmp_path / "not_there.csv", small_rules)
    session.jobs.settle()
    assert not session.ready
    path = tmp_path / "repaired.csv"
    write_register(hamlet, path)
    session.open_register(path)
    session.jobs.settle()
    assert session.ready
    assert session.rules.register_path == "repaired.csv"
    assert_answers(session.answer, simulated(session, session.rules))


def test_a_scenario_without_a_register_says_so(small_rules) -> None:
    from workbench.jobs.session.session import Session

    session = Session(language="en")
    session.open(None, small_rules)
    session.jobs.settle()
    assert session.message.level == "fault"
    assert "names no register" in session.message.words
    assert not session.ready
    for nothing in (session.optimise, session.explain, session.undo):
        nothing()
    session.share_out("equal")
    session.keep("x")
    with pytest.raises(RuntimeError):
        session.as_scenario("x")
    assert session.instructors == {}


def test_a_register_without_places_is_planned_without_joint_branches(session, hamlet) -> None:
    session.open(hamlet.assign(x=np.nan, y=np.nan), session.rules)
    session.jobs.settle()
    assert session.message.level == "note"
    assert "no places" in session.message.words
    assert session.board.grouping.covered == 0


def test_what_a_register_without_places_made_of_the_rules_is_gone_with_it(session, hamlet, tmp_path) -> None:
    """An adjustment is for the register that it was made for: with places again, all is as it was asked for."""
    asked, ceiling = session.rules.grouping, session.board.ceiling.value
    write_register(hamlet.assign(x=np.nan, y=np.nan), tmp_path / "bare.csv")
    write_register(hamlet, tmp_path / "whole.csv")
    session.open_register(tmp_path / "bare.csv")
    session.jobs.settle()
    assert session.board.without_places
    assert session.board.ceiling.value < ceiling
    assert session.rules.grouping == asked
    assert_answers(session.answer, simulated(session))
    session.change({"committee.agenda": 3})
    session.jobs.settle()
    assert session.board.without_places
    session.undo()
    session.jobs.settle()
    assert session.rules.grouping == asked
    assert session.as_scenario("saved").grouping.facilities == asked.facilities
    session.open_register(tmp_path / "whole.csv")
    session.jobs.settle()
    assert not session.board.without_places
    assert session.board.ceiling.value == ceiling


@pytest.mark.parametrize(
    "written", ["base: /etc/passwd", "base: ../plan.yaml", "register: /etc/passwd", "base: secret.yaml"]
)
def test_an_uploaded_scenario_names_no_file_of_this_machine(session, tmp_path, written) -> None:
    (tmp_path / "secret.yaml").write_text("name: of another office\ninstructors: {total: 7654}\n", encoding="utf-8")
    (tmp_path / "up.yaml").write_text(f"name: up\n{written}\n", encoding="utf-8")
    before = session.answer
    session.open_scenario(tmp_path / "up.yaml")
    session.jobs.settle()
    assert session.message.level == "fault"
    assert session.answer is before
    for word in ("root:", "7654", "of another office"):
        assert word not in session.message.words


def test_an_uploaded_scenario_may_build_on_a_shipped_one(session, tmp_path) -> None:
    (tmp_path / "up.yaml").write_text("name: up\nbase: baseline.yaml\ninstructors: {total: 9}\n", encoding="utf-8")
    register = session.register
    session.open_scenario(tmp_path / "up.yaml")
    session.jobs.settle()
    assert session.rules.name == "up"
    assert session.register is register
    assert sum(session.instructors.values()) == 9


def test_an_unexpected_error_is_said_in_plain_words(session) -> None:
    with session.guarded():
        raise KeyError("x")
    assert session.message.level == "fault"
    assert "KeyError" in session.message.words
    assert "Traceback" not in session.message.words


def test_who_watches_is_told_what_changed(session) -> None:
    told: list[str] = []
    for subject in ("answer", "rules", "grouping", "language", "message"):
        session.signals.watch(subject, lambda subject=subject: told.append(subject))
    session.move(session.board.responsible_units[0], 0)
    assert told == ["answer"]
    told.clear()
    session.speak("zh")
    session.speak("zh")
    assert told == ["language"]


def test_a_stale_recomputation_is_dropped(session, monkeypatch) -> None:
    """A slow first change must not overwrite the answer to the second."""
    from workbench.jobs.session import board as module

    begun, go, real = Event(), Event(), module.Board

    def board(*args, **kwargs):
        if not begun.is_set():
            begun.set()
            assert go.wait(GIVE_UP)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, "Board", board)
    session.change({"committee.every_weeks": 5})
    assert begun.wait(GIVE_UP)
    session.change({"committee.every_weeks": 2})
    go.set()
    session.jobs.settle()
    assert session.board.rules.committee.every_weeks == 2
    assert_answers(session.answer, simulated(session))


def test_what_is_to_be_minded_is_said_in_whatever_language_is_in_use(hamlet, small_rules) -> None:
    session = Session(language="en", replications=REPLICATIONS, seed=SEED)
    session.open(hamlet.assign(x=np.nan, y=np.nan), small_rules)
    session.jobs.settle()
    said = {}
    for language in ("en", "zh"):
        session.speak(language)
        with in_language(language):
            said[language] = session.message.words
            assert text("warning.no_places") in said[language]
    assert said["en"] != said["zh"]


def test_what_is_odd_in_a_register_that_is_opened_is_said(session, tmp_path) -> None:
    """Plausible nonsense breaks no rule: it is planned with, and told."""
    odd = session.register.copy()
    odd.loc[odd.index[0], "members_on_roll"] += 4000
    odd.loc[odd.index[0], "full_members"] += 4000
    path = tmp_path / "odd.csv"
    write_register(odd, path)
    session.open_register(path)
    session.jobs.settle()
    assert session.register_name == "odd.csv"
    with in_language("en"):
        assert text("panel.register_odd", count=len(inspect(odd))) in session.message.words
