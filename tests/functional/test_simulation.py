"""However the work is split the answer is the same, to the last bit; and a policy has the effect that it must have."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from tests.cities import organization, placed, register, scenario
from workbench.errors import ArgumentError, Cancelled
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import KINDS, simulate, trace, wilson
from workbench.simulation import executors as executors_module
from workbench.simulation import run as run_module

FORMED = [kind for kind in KINDS if kind != "outreach"]


def same(one, other, *, replications=None):
    """Every counter of two outcomes; or of the first of one and all of the other."""
    few = slice(replications)
    for name in one.dataset:
        left = one.dataset[name].isel(replication=few).to_numpy()
        assert left.tobytes() == other.dataset[name].to_numpy().tobytes(), name
    if replications is None:
        for name in ("dispatched", "formed"):
            assert one.case_days[name].to_numpy().tobytes() == other.case_days[name].to_numpy().tobytes(), name
        for name in ("days", "cases", "worked", "offered", "instructors"):
            assert one.stages[name].to_numpy().tobytes() == other.stages[name].to_numpy().tobytes(), name
    pd.testing.assert_frame_equal(one.organizations, other.organizations)


# --- however it is split ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alone(hamlet, plan, joined):
    """70 replications on one thread."""
    return simulate(hamlet, plan, joined, replications=70, seed=11, workers=1)


@pytest.mark.parametrize("workers", [None, 2, 4, 7])
def test_any_number_of_threads(hamlet, plan, joined, alone, workers):
    same(alone, simulate(hamlet, plan, joined, replications=70, seed=11, workers=workers))


@pytest.mark.parametrize(("least", "chunks"), [(1, 1), (1, 70), (3, 5), (69, 1), (1000, 1)])
def test_any_size_of_chunks(hamlet, plan, joined, alone, monkeypatch, least, chunks):
    monkeypatch.setattr(run_module, "LEAST_CHUNK", least)
    monkeypatch.setattr(run_module, "PARTS_A_WORKER", chunks)
    same(alone, simulate(hamlet, plan, joined, replications=70, seed=11, workers=2))


def test_a_city_split_by_responsible_units(hamlet, plan, joined, monkeypatch):
    """Without coverage by pool the work is split by pools, so that no part takes the memory of all cases."""
    whole = simulate(hamlet, plan, joined, replications=70, seed=11, keep="city", workers=1)
    asked = []

    def remembered(setup, part, seed, keep):
        asked.append(part)
        return run_part(setup, part, seed, keep)

    run_part = run_module.run_part
    monkeypatch.setattr(run_module, "run_part", remembered)
    monkeypatch.setattr(run_module, "LEAST_STREETS", 0)
    told = []
    split = simulate(
        hamlet, plan, joined, replications=70, seed=11, keep="city", workers=2,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    same(whole, split)
    assert len(asked) > 1
    assert {(part.first, part.replications) for part in asked} == {(0, 70)}
    assert sorted(responsible for part in asked for responsible in part.responsible_units) == list(
        range(len(split.stages["responsible"]))
    )
    assert told[-1] == (70, 70)
    assert 0 < told[0][0] < 70


@pytest.fixture(scope="module")
def processes():
    # Spawned, not forked: a fork of a process with threads may hang.
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as executor:
        yield executor


def test_a_cluster_by_its_client_or_its_address(hamlet, plan, joined, cluster):
    client, told = cluster._client, []
    expected = simulate(hamlet, plan, joined, replications=40, seed=3, workers=1)
    for given in (client, client.scheduler.address):
        found = simulate(
            hamlet, plan, joined, replications=40, seed=3, executor=given,
            progress=lambda done, of: told.append((done, of)),
        )  # fmt: skip
        same(expected, found)
        assert told[-1] == (40, 40)
    with pytest.raises(ArgumentError, match="No dask scheduler answers at"):
        simulate(hamlet, plan, joined, replications=2, executor="nonsense://x:1")
    with pytest.raises(ArgumentError, match="must be an executor"):
        simulate(hamlet, plan, joined, replications=2, executor="nonsense")


class Later(Executor):
    """Runs what it was given only when asked for, and in the wrong order."""

    def __init__(self):
        self.threads = ThreadPoolExecutor(1)
        self.waiting = []

    def submit(self, function, /, *args, **kwargs):
        from concurrent.futures import Future

        class Asked(Future):
            def result(inner, timeout=None):
                for future, call in reversed(self.waiting):
                    Future.set_result(future, call())
                self.waiting.clear()
                return super().result(timeout)

        future = Asked()
        self.waiting.append((future, lambda: function(*args, **kwargs)))
        return future


@pytest.mark.parametrize("keep", ["responsible", "city"])
@pytest.mark.parametrize("kind", ["threads", "processes", "cluster", "later"])
def test_any_executor(hamlet, plan, joined, request, kind, keep):
    executor = {"threads": ThreadPoolExecutor, "later": Later}.get(kind, lambda *_: request.getfixturevalue(kind))
    given = executor() if kind == "later" else executor(2)
    expected = simulate(hamlet, plan, joined, replications=70, seed=11, keep=keep, workers=1)
    same(expected, simulate(hamlet, plan, joined, replications=70, seed=11, keep=keep, executor=given))


@pytest.mark.parametrize("kind", ["processes", "cluster"])
def test_the_work_is_split_for_the_workers_there_are(monkeypatch, request, kind):
    """Not for the processors of the machine that asks."""
    monkeypatch.setattr(executors_module, "processors", lambda: 32)
    assert executors_module.workers_of(request.getfixturevalue(kind)) == 2
    assert executors_module.workers_of(ThreadPoolExecutor(5)) == 5
    assert executors_module.workers_of(Later()) == 32


def test_an_executor_is_left_running(hamlet, plan):
    with ThreadPoolExecutor(1) as executor:
        simulate(hamlet, plan, replications=2, executor=executor)
        assert executor.submit(int, 7).result() == 7


def test_row_order_says_nothing(hamlet, plan, joined, alone):
    same(alone, simulate(hamlet.iloc[::-1], plan, joined, replications=70, seed=11))


def test_seeds_differ_and_repeat(hamlet, plan, joined, alone):
    other = simulate(hamlet, plan, joined, replications=70, seed=12)
    assert (other.coverage != alone.coverage).any()
    # All 64 bits count.
    high = simulate(hamlet, plan, joined, replications=70, seed=11 + 2**32)
    assert (high.coverage != alone.coverage).any()


@pytest.mark.parametrize("keep", ["responsible", "city"])
def test_the_first_replications_are_the_same_of_more(hamlet, plan, joined, keep):
    few = simulate(hamlet, plan, joined, replications=20, keep=keep)
    more = simulate(hamlet, plan, joined, replications=40, keep=keep)
    same(more, few, replications=20)
    # What is summed over replications only grows.
    for name in ("dispatched", "formed"):
        assert (more.case_days[name] >= few.case_days[name]).all()


def test_a_city_as_a_whole_is_the_sum_of_its_responsible_units(hamlet, plan, joined, alone):
    city = simulate(hamlet, plan, joined, replications=70, seed=11, keep="city")
    assert "responsible" not in city.dataset.dims
    for name in alone.dataset:
        assert city.dataset[name].to_numpy().tolist() == alone.dataset[name].sum("responsible").to_numpy().tolist()
    pd.testing.assert_frame_equal(city.cases, alone.cases)
    for by in ("responsible", "supervisor", "tier", "kind"):
        pd.testing.assert_frame_equal(city.breakdown(by), alone.breakdown(by))
    pd.testing.assert_series_equal(city.utilisation, alone.utilisation)


def test_traces_are_replications(hamlet, plan, joined, alone):
    """A trace's formations add up to that replication's count, whichever it is."""
    start = int(hamlet["has_branch"].sum())
    for replication in (0, 1, 16, 17, 69):
        cases = trace(hamlet, plan, joined, replication=replication, seed=11).cases
        covered = start + cases.loc[cases["formed"].notna(), "units"].sum()
        assert covered == alone.counts().isel(replication=replication, day=-1)


# --- how long it runs ---------------------------------------------------------------------------------------


def test_precision_stops_when_the_interval_is_narrow_enough(hamlet, plan, joined):
    middling = float(simulate(hamlet, plan, joined, replications=200, keep="city").coverage.isel(day=-1).median())
    plan = plan.replace("targets.organization", middling)
    outcome = simulate(hamlet, plan, joined, replications=20, precision=0.1, keep="city")
    found = outcome.probability()
    assert found.high - found.low <= 0.1
    assert outcome.provenance["precision"] == 0.1
    assert outcome.provenance["replications"] == outcome.replications > 20
    # It is the same sample: the first so many replications, and no look before was narrow enough.
    same(outcome, simulate(hamlet, plan, joined, replications=outcome.replications, keep="city"))
    hits = outcome.by_deadline() >= middling
    looks = [20]
    while looks[-1] < outcome.replications:
        looks.append(looks[-1] + int(looks[-1] * (run_module.GROWTH - 1.0)))
    assert looks[-1] == outcome.replications
    for n in looks[:-1]:
        interval = wilson(int(hits[:n].sum()), n)
        assert interval.high - interval.low > 0.1


def test_precision_that_is_there_at_once(hamlet, plan, joined):
    outcome = simulate(hamlet, plan.replace("targets.organization", 1.0), joined, replications=100, precision=0.05)
    assert outcome.replications == 100
    assert simulate(hamlet, plan, joined, replications=3, precision=2.0).replications == 3


def test_precision_gives_up_at_a_limit(hamlet, plan, joined, monkeypatch):
    monkeypatch.setattr(run_module, "MOST_REPLICATIONS", 50)
    outcome = simulate(hamlet, plan, joined, replications=20, precision=1e-9)
    assert outcome.replications == 50
    found = outcome.probability()
    assert found.high - found.low > 1e-9  # and the interval says so


@pytest.mark.parametrize("replications", [0, -1])
def test_at_least_one_replication(hamlet, plan, replications):
    with pytest.raises(ValueError, match=f"replications = {replications}: must be at least 1"):
        simulate(hamlet, plan, replications=replications)


def test_progress_is_told_and_ends_with_all(hamlet, plan, joined, alone):
    told = []
    outcome = simulate(
        hamlet, plan, joined, replications=70, seed=11, workers=2, progress=lambda done, of: told.append((done, of))
    )
    same(alone, outcome)
    assert told[-1] == (70, 70)
    assert {of for _, of in told} == {70}
    done = [part for part, _ in told]
    assert done == sorted(done)
    assert len(told) > 1


def test_progress_with_precision_counts_on(hamlet, plan, joined):
    told = []
    outcome = simulate(
        hamlet, plan.replace("targets.organization", 0.35), joined, replications=20, precision=0.15,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told[-1] == (outcome.replications, outcome.replications)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert all(done <= of for done, of in told)


@pytest.mark.parametrize("kind", ["processes", "cluster"])
def test_progress_is_told_wherever_it_runs(hamlet, plan, joined, request, kind):
    told = []
    simulate(
        hamlet, plan, joined, replications=70, executor=request.getfixturevalue(kind),
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told[-1] == (70, 70)


@pytest.mark.parametrize("after", [1, 3])
def test_cancelling(hamlet, plan, joined, after):
    told = []

    def stop(done, of):
        told.append(done)
        return len(told) < after

    with pytest.raises(Cancelled, match="Stopped as asked"):
        simulate(hamlet, plan, joined, replications=2000, workers=1, progress=stop)
    assert len(told) == after


def test_a_city_of_one():
    orgs = register(organization("a"))
    for changes in ({}, {"instructors__total": 0}, {"calendar__horizon": "2028-01-31"}):
        outcome = simulate(orgs, scenario(**changes), replications=1)
        assert outcome.by_deadline().tolist() == [0.0 if "instructors__total" in changes else 1.0]


# --- one responsible unit's affairs are its own -----------------------------------------------------------------------


def test_a_change_in_one_responsible_leaves_the_others_alone(hamlet, plan, joined):
    responsible_units = sorted(hamlet["responsible"].unique())
    base = simulate(hamlet, plan, joined, replications=20)
    given = dict(zip(responsible_units, base.stages["instructors"].to_numpy().tolist(), strict=True))
    responsible = max(responsible_units, key=given.get)
    changes = [
        {"instructors.by_responsible": given | {responsible: given[responsible] + 3}},
        {"committee.by_responsible": {responsible: {"every_weeks": 3, "agenda": 0}}},
        {"instructors.arrivals": [{"responsible": responsible, "count": 2, "from": "2027-08-09"}]},
    ]
    for change in changes:
        other = simulate(hamlet, plan.replace(change), joined, replications=20)
        for name in base.dataset:
            differs = (base.dataset[name] != other.dataset[name]).any(["replication", "day"])
            assert differs.sel(responsible=[s for s in responsible_units if s != responsible]).sum() == 0, (
                change,
                name,
            )
        assert (base.coverage != other.coverage).any(), change


def test_an_organization_s_luck_does_not_depend_on_who_else_is_there(hamlet, plan):
    """Leaving out half of the city leaves the others' draws as they were."""
    half = hamlet.iloc[::2]
    drawn = [name for k in (1, 2, 3) for name in (f"prep_{k}", f"success_{k}")] + [
        "release",
        "retry_delay",
        "election_lag",
    ]
    for replication in (0, 5):
        full, part = (
            trace(orgs, plan, False, replication=replication, seed=2).cases.set_index("case") for orgs in (hamlet, half)
        )
        pd.testing.assert_frame_equal(part[drawn], full.loc[part.index, drawn])


def test_a_policy_does_not_shift_other_draws(hamlet, plan):
    """Another success rate, another census, another order of service: preparations stay the same."""
    drawn = ["prep_1", "prep_2", "retry_delay", "election_lag"]
    base = trace(hamlet, plan, False, replication=1).cases.set_index("case")
    for change in (
        {"cases.standalone.success": 0.2},
        {"census.late": 0.7},
        {"discipline": "fifo"},
        {"committee.notice": 9},
    ):
        other = trace(hamlet, plan.replace(change), False, replication=1).cases.set_index("case")
        pd.testing.assert_frame_equal(other[drawn], base[drawn])


# --- signs, on common random numbers ------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[3, 4])
def town(request):
    """A city with hosts, and its groups."""
    city = make_city(120, 3, seed=request.param, hosts=0.6)
    return city, group(city, Scenario())


def coverage(town, changes, target="organization", replications=25):
    """Coverage by replication and day."""
    city, groups = town
    return simulate(city, Scenario().replace(changes), groups, replications=replications).counts(target).to_numpy()


def never_fewer(more, fewer):
    """In every replication, on every day; and somewhere more."""
    assert (more >= fewer).all()
    assert (more > fewer).any()


FEW = {"instructors.total": 8}


@pytest.mark.parametrize("base", [{}, FEW, {"committee.agenda": 2}, {"discipline": "fifo", **FEW}], ids=str)
def test_a_shorter_election_is_never_later(town, base):
    longer = {f"cases.{kind}.election": {"pert": [4, 14, 34]} for kind in FORMED}
    none = {f"cases.{kind}.election": None for kind in FORMED}
    as_is = coverage(town, base)
    never_fewer(as_is, coverage(town, base | longer))
    never_fewer(coverage(town, base | none), as_is)


@pytest.mark.parametrize("base", [{}, FEW], ids=str)
def test_shorter_notice_is_never_later_without_agendas(town, base):
    base = base | {"committee.agenda": None, "committee.every_weeks": 1, "uncertainty": {}}
    by_notice = [coverage(town, base | {"committee.notice": days}) for days in (0, 1.5, 4, 9)]
    for shorter, longer in pairwise(by_notice):
        never_fewer(shorter, longer)


@pytest.mark.parametrize("approval", ["committee", "direct", "none"])
def test_counted_from_approval_is_never_fewer(town, approval):
    base = FEW | {f"cases.{kind}.approval": approval for kind in FORMED}
    never_fewer(
        coverage(town, base | {"policy.counted_from": "approved"}),
        coverage(town, base | {"policy.counted_from": "formed"}),
    )


@pytest.mark.parametrize("discipline", ["formation_first", "work_first", "fifo"])
def test_success_is_never_worse_without_retries_and_agendas(town, discipline):
    """With one attempt, whoever fails holds the slot as long; so who succeeds delays nobody."""
    base = {"instructors.total": 15, "discipline": discipline, "committee.agenda": None}
    base |= {f"cases.{kind}.max_attempts": 1 for kind in KINDS}
    by_rate = [coverage(town, base | {f"cases.{kind}.success": p for kind in KINDS}) for p in (1.0, 0.8, 0.3, 0.0)]
    for likelier, less in pairwise(by_rate):
        assert (likelier >= less).all()
    never_fewer(by_rate[0], by_rate[-1])


CERTAIN = {f"cases.{kind}.success": 1.0 for kind in KINDS} | {
    "committee.agenda": None, "uncertainty": {}, "instructors.share": "equal"
}  # fmt: skip


@pytest.mark.parametrize("target", ["organization", "work"])
def test_more_instructors_are_never_later_first_come_first_served(town, target):
    """Only without failures, agendas and windows that close: else one more may delay a case."""
    by_total = [coverage(town, CERTAIN | {"discipline": "fifo", "instructors.total": n}, target) for n in (3, 6, 9, 30)]
    for fewer, more in pairwise(by_total):
        never_fewer(more, fewer)


def test_more_instructors_are_never_later_where_all_are_released_at_once(town):
    """Whatever the priorities. Nobody is left to outreach, which opens before the rest."""
    city, _ = town
    city = city.assign(has_mass_org=city["has_mass_org"] | ~city["has_branch"])
    base = CERTAIN | {"census.late": 0.0}
    cases = trace(city, Scenario().replace(base)).cases
    assert set(cases["release"]) == {12.0}
    by_total = [coverage((city, None), base | {"instructors.total": n}) for n in (3, 6, 9, 30)]
    for fewer, more in pairwise(by_total):
        never_fewer(more, fewer)


@pytest.mark.parametrize("base", [{}, FEW], ids=str)
def test_longer_agendas_and_more_meetings_are_never_later(town, base):
    """Who is heard keeps nobody from work, and all are heard in one order: each at the same meeting or before."""
    by_agenda = [coverage(town, base | {"committee.agenda": size}) for size in (0, 1, 3, None)]
    for shorter, longer in pairwise(by_agenda):
        never_fewer(longer, shorter)
    base = base | {"committee.stagger": False, "committee.agenda": 2}
    by_weeks = [coverage(town, base | {"committee.every_weeks": weeks}) for weeks in (4, 2, 1)]
    for seldom, often in pairwise(by_weeks):
        never_fewer(often, seldom)


def test_nothing_to_succeed_nothing_formed(town):
    start = coverage(town, {"instructors.total": 0})
    assert (start == start[:, :1]).all()
    failing = coverage(town, {f"cases.{kind}.success": 0.0 for kind in KINDS})
    assert (failing == start).all()


@pytest.mark.parametrize("change", [{"committee.first": "2027-12-01"}, {"committee.agenda": 0}], ids=str)
def test_without_meetings_only_what_needs_none_is_formed(town, change):
    city, groups = town
    change = change | {"cases.assisted.approval": "direct", "cases.attached.approval": "none"}
    formed = simulate(city, Scenario().replace(change), groups, replications=10).breakdown("kind")
    kept = formed["expected"] - formed["at_start"]
    assert kept["standalone"] == 0
    assert kept["joint"] == 0
    assert kept["assisted"] > 0
    assert kept["attached"] > 0


def test_work_first_and_formation_first_do_what_they_say(town):
    city, groups = town
    dispatched = {}
    for discipline in ("formation_first", "work_first"):
        rules = Scenario().replace({"instructors.total": 5, "discipline": discipline})
        cases = simulate(city, rules, groups, replications=25).cases
        dispatched[discipline] = cases["p_dispatched"].groupby(cases["kind"] == "outreach").mean()
    assert dispatched["work_first"][True] > dispatched["formation_first"][True]
    assert dispatched["work_first"][False] < dispatched["formation_first"][False]


# --- the horizon --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", [{}, FEW, {"committee.agenda": 1, "discipline": "fifo"}], ids=str)
def test_looking_further_changes_nothing_before(town, base):
    for target in ("organization", "work"):
        near = coverage(town, base, target)
        far = coverage(town, base | {"calendar.horizon": "2027-10-29"}, target)
        assert far.shape[1] > near.shape[1]
        assert (far[:, : near.shape[1]] == near).all()


def test_with_time_enough_everything_that_can_form_does():
    city = make_city(60, 3, seed=5)
    rules = Scenario().replace(
        CERTAIN | {"calendar.horizon": "2028-12-29", "instructors.total": 3, "instructors.share": "equal"}
    )
    groups = group(city, rules)
    outcome = simulate(city, rules, groups, replications=5)
    assert set(outcome.coverage.isel(day=-1).to_numpy().tolist()) == {outcome.ceiling}
    assert outcome.date_reaching(1.0) is not None or outcome.ceiling < 0.6


def test_other_responsible_units_units_count_where_they_live():
    """The pool's instructors do the work, the unit's own responsible unit gets the count."""
    orgs = register(organization("u", 1, "A"), organization("host", 5, "B", has_branch=True, host_capacity=1))
    groups = placed(("u", "host", "host"))
    for given, expected in (({"A": 5}, 0.0), ({"B": 1}, 1.0)):
        table = simulate(orgs, scenario(instructors__by_responsible=given), groups, replications=1).breakdown(
            "responsible"
        )
        assert table.loc["A", ["expected", "expected_work"]].tolist() == [expected, expected]
        assert np.isfinite(table["coverage"]).all()
