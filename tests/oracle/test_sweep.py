"""All numbers of instructors at once against one simulation each: the same organizations, in every replication.

Small cities of random rules, nearly all with ties: fixed and whole-day durations beside drawn ones, windows that open
and close, short agendas, no cases, no instructors.
"""

from __future__ import annotations

import random

import numpy as np
import pytest

from tests.cities import organization, register, scenario
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.simulation import KINDS, draw_sample, prepare, responsible_units_of
from workbench.simulation.kernel import NO_APPROVAL, serve
from workbench.simulation.kernels.dispatch import work_through
from workbench.simulation.kernels.draws import Draws
from workbench.simulation.kernels.exact_time import TICK
from workbench.simulation.kernels.pool import DispatchInputs
from workbench.simulation.kernels.space import room_for_times, work_space
from workbench.simulation.kernels.start import at_the_beginning
from workbench.simulation.kernels.sweep import hears_all, sweep, sweep_workspace
from workbench.simulation.response import ResponsibleUnit

REPLICATIONS = 24
SETUPS = range(60)
DAYS = (0, 1, 1, 2, 0.5, 3, {"pert": [0, 2, 9]}, {"empirical": [0, 1, 1, 8]}, {"lognormal": [3, 2]})
#: First and last day of arrivals: from the opening or later, to the horizon or not.
WINDOWS = (
    (None, None), (None, "2027-08-06"), ("2027-07-26", None), ("2027-07-26", "2027-08-13"),
    ("2027-08-02", "2027-08-06"), ("2027-08-03", "2027-08-27"), ("2027-08-10", None), ("2027-08-10", "2027-08-11"),
)  # fmt: skip


def responsible_units(number):
    """The responsible units of a small city under random rules, and the day that counts."""
    rng = random.Random(number)
    city = make_city(rng.randint(1, 45), rng.randint(1, 3), seed=number, covered=0.2, hosts=0.7)
    names = sorted(city["responsible"].unique())
    changes = {
        "instructors.caseload": rng.randint(1, 3),
        "instructors.arrivals": [
            {"responsible": rng.choice(names), "count": rng.randint(1, 2), "from": begin, "until": end}
            for begin, end in rng.choices(WINDOWS, k=rng.choice((0, 0, 1, 2, 4)))
        ],
        "policy.two_members": rng.choice(("assisted", "joint")),
        "policy.counted_from": rng.choice(("formed", "formed", "approved")),
        "census.late": rng.choice((0, 0.3, {"uniform": [0, 1]})),
        "census.tail": rng.choice(DAYS),
        "committee.every_weeks": rng.randint(1, 2),
        "committee.agenda": rng.choice((None, None, 0, 1, 4)),
        "committee.extra": rng.choice(([], ["2027-08-31"])),
        "committee.notice": rng.choice((0, 1, 2.5, {"uniform": [0, 4]})),
        "discipline": rng.choice(("formation_first", "work_first", "fifo", ["joint", "outreach"])),
        "calendar.horizon": rng.choice((None, "2027-09-17")),
        "calendar.formation_opens": rng.choice(("2027-07-15", "2027-08-01")),
    }
    for kind in KINDS:
        changes |= {
            f"cases.{kind}.preparation": rng.choice(DAYS), f"cases.{kind}.success": rng.choice((0.4, 0.8, 1)),
            f"cases.{kind}.retry_delay": rng.choice(DAYS), f"cases.{kind}.max_attempts": rng.randint(1, 3),
        }  # fmt: skip
        if kind != "outreach":
            changes |= {
                f"cases.{kind}.approval": rng.choice(("committee", "committee", "committee", "direct", "none")),
                f"cases.{kind}.election": rng.choice((None, *DAYS)),
            }
    scenario = Scenario().replace(changes)
    method = rng.choice(("nearest", "community", None))
    setup = prepare(city, scenario, group(city, scenario, method=method) if method else None)
    sample = draw_sample(setup, rng.choice((0, 7)), REPLICATIONS, number)
    return responsible_units_of(setup, sample), setup.calendar.deadline_day


@pytest.mark.parametrize("number", SETUPS)
def test_all_numbers_at_once_are_one_simulation_each(number):
    every, day = responsible_units(number)
    for responsible in every:
        numbers = range(responsible.cases + 2)
        branches, works = responsible.added(numbers)
        assert branches.dtype == works.dtype == responsible.dtype
        for n in numbers:
            alone = responsible.respond(n)
            assert branches[n].tolist() == alone.branches[day].tolist(), n
            assert works[n].tolist() == alone.works[day].tolist(), n


def test_some_numbers_and_some_replications_are_rows_and_columns_of_all():
    every, _ = responsible_units(3)
    for responsible in every:
        whole, some = responsible.added(range(9)), responsible.added([2, 5, 8], 5, 11)
        for all_, few in zip(whole, some, strict=True):
            assert few.tolist() == all_[[2, 5, 8], 5:11].tolist()
        assert [each.shape for each in responsible.added([])] == [(0, REPLICATIONS)] * 2


@pytest.mark.parametrize(
    ("approval", "notice", "election", "counted_from", "shorter"),
    [
        ("direct", 2, None, "formed", "preparation"),
        ("direct", 2, None, "approved", "preparation"),
        ("direct", 1, 1, "formed", "preparation"),
        ("none", 0, 2, "formed", "election"),
        ("committee", 1, 1, "formed", "election"),  # which meets on the last day
    ],
)
def test_what_ends_with_the_deadline_itself_is_too_late(approval, notice, election, counted_from, shorter):
    """Formation opens on day 12, and the deadline's end is 34; with a tick less, it is in time."""
    found = []
    for less in (0, TICK):
        block = {"preparation": 20, "success": 1, "approval": approval, "election": election}
        block[shorter] -= less
        rules = scenario(
            cases__standalone=block, policy__counted_from=counted_from,
            committee__notice=notice, committee__weekdays=["Tue"], committee__every_weeks=1,
        )  # fmt: skip
        setup = prepare(register(organization("a")), rules)
        responsible = responsible_units_of(setup, draw_sample(setup, 0, 1, 0))[0]
        branches = responsible.added([0, 1])[0]
        day = setup.calendar.deadline_day
        assert branches.tolist() == [responsible.respond(n).branches[day].tolist() for n in (0, 1)]
        found.append(int(branches[1, 0]))
    assert found == [0, 1]


def _swept(responsible: ResponsibleUnit, slots):
    """Counts for numbers of slots in whatever order: what is settled at the first of them stays."""
    pool, _ = responsible._with_numbers([responsible.cases])
    close = responsible._setup.calendar.deadline_day + 1.0
    counts = [np.zeros((len(slots), REPLICATIONS), np.int32) for _ in range(2)]
    idle = np.stack([responsible._idle_units(0, None)] * len(slots))
    sweep(
        pool, responsible._rules._replace(horizon=close), responsible._sample.parameters, responsible._sample.first,
        np.array(slots, np.int64), hears_all(pool.hearings, close),
        sweep_workspace(pool, REPLICATIONS, responsible._setup.days, idle), *counts,
    )  # fmt: skip
    return counts


def test_what_more_instructors_cannot_change_is_not_simulated_again():
    """Asked for nobody after everybody, a sweep that relies on it still shows what everybody adds."""
    settled = unsettled = 0
    for number in SETUPS[:30]:
        for responsible in responsible_units(number)[0][:1]:
            if responsible.cases and not responsible._windows.arrivals:
                most = 3 * responsible.cases
                for counts in _swept(responsible, [most, 0]):
                    assert counts[0].tolist() == counts[1].tolist()
                    settled += int(counts[0].sum() > 0)
                # With one slot somebody waits, mostly: then nobody is simulated, and works nothing.
                one, nobody = _swept(responsible, [1, 0])[1]
                assert set(nobody[nobody != one]) <= {0}
                unsettled += int((nobody != one).sum())
    assert settled > 10
    assert unsettled > 200


#: Four slots, three of them arrivals: two windows close before the last case comes.
CLOSING = {
    "slot_start": [7.0, 7.0, 8.0, 9.0], "slot_stop": [34.0, 20.0, 34.0, 30.0],
    "release": [7.0, 7.0, 8.0, 9.0, 31.0], "length": [90.0, 90.0, 4.0, 90.0, 1.0],
}  # fmt: skip


def _dispatched(slots):
    """Days of dispatch with so many slots in the first window, and whether the kernel takes more for harmless."""
    cases = len(CLOSING["release"])
    start, stop, release = (np.array(CLOSING[name]) for name in ("slot_start", "slot_stop", "release"))
    length, whole = np.array(CLOSING["length"])[None, None, :], np.arange(cases)
    service = DispatchInputs(
        queue_class=np.zeros(cases, np.int64), class_start=np.array([0, cases]), tie=whole,
        max_attempts=np.ones(cases, np.int64), window_start=start, window_stop=stop,
        window_slots=np.array([slots, 1, 1, 1]),
    )  # fmt: skip
    zeros = np.zeros((1, cases))
    draws = Draws(zeros + whole, release[None, :], length, length > 0.0, zeros, np.zeros((1, cases), np.uint32), zeros)
    times = room_for_times(1, cases)
    space = work_space(cases, slots + 3, 0)
    work_through(1, service, draws, whole[None, :], np.array([cases]), at_the_beginning(cases), 34.0, space, times)
    served = serve(
        release=release, priority=np.zeros(cases), rank=whole, max_attempts=np.ones(cases), preparation=length[0].T,
        success=np.ones((cases, 1)), retry_delay=np.zeros(cases), approval=np.full(cases, NO_APPROVAL),
        election_lag=np.zeros(cases), slot_start=np.repeat(start, service.window_slots),
        slot_stop=np.repeat(stop, service.window_slots), meeting_day=[], agenda=[], notice=0, horizon=34.0,
    )  # fmt: skip
    return served.dispatched.tolist(), bool(times.hindered[0])


def test_one_more_may_delay_a_case_where_windows_close():
    """Nobody waits with one; with two the long attempt sits in the window that stays open, and the last case waits."""
    dispatched, hindered = _dispatched(1)
    assert dispatched == CLOSING["release"]
    assert hindered  # so the sweep simulates the next number
    assert np.isnan(_dispatched(2)[0][-1])
    assert _dispatched(4) == (CLOSING["release"], False)
