"""Against theory: queues, death processes, laws and committees whose answers are known in closed form.

Seeds are fixed, so nothing here fails by chance; bounds are four standard errors or more, so that other draws would
pass, too.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.cities import FORMATION_OPENS, organization, register, scenario
from workbench.inputs import Scenario
from workbench.inputs.scenario.laws import Law
from workbench.simulation import simulate, trace

#: Formed as soon as prepared; first come, first served.
AT_ONCE: dict[str, Any] = {
    "cases__standalone__approval": "none", "instructors__caseload": 1, "discipline": "fifo", "calendar__holidays": None,
}  # fmt: skip


@cache
def city(organizations: int) -> pd.DataFrame:
    """So many organizations of three members in one responsible unit."""
    return register(*(organization(f"o{n:04d}") for n in range(organizations)))


def queue(slots: int, preparation: Any, **changes: Any) -> Scenario:
    """So many slots in the responsible unit."""
    by_responsible = {"S": slots}
    return scenario(
        **AT_ONCE, instructors__by_responsible=by_responsible, cases__standalone__preparation=preparation, **changes
    )


# --- a queue in which all wait from the beginning -----------------------------------------------------------


@pytest.mark.parametrize(("slots", "days"), [(1, 1.5), (1, 0.75), (3, 2.0), (4, 0.5)])
def test_fixed_preparation_leaves_at_fixed_times(slots, days):
    cases = trace(city(9), queue(slots, days)).cases
    assert set(cases["release"]) == {float(FORMATION_OPENS)}
    expected = [FORMATION_OPENS + days * (k // slots + 1) for k in range(9)]
    assert sorted(cases["formed"]) == expected
    # In order of rank: the one surveyed first goes first.
    assert cases.sort_values("rank")["formed"].tolist() == expected


def death_rates(cases, slots, mean):
    """The rate at which one leaves, when 0, 1, … have left."""
    return [min(slots, cases - gone) / mean for gone in range(cases)]


@pytest.mark.parametrize(("cases", "slots"), [(6, 1), (6, 2), (6, 6), (5, 3)])
def test_exponential_preparation_is_a_pure_death_process(cases, slots):
    """How many are formed by each day: the chain's transition matrix."""
    from scipy.linalg import expm

    mean, replications = 4.0, 3000
    rules = queue(slots, {"exponential": mean}, calendar__horizon="2027-10-29")
    outcome = simulate(city(cases), rules, replications=replications, seed=1)
    counts = outcome.counts().to_numpy()
    generator = np.zeros((cases + 1, cases + 1))
    for gone, rate in enumerate(death_rates(cases, slots, mean)):
        generator[gone, gone], generator[gone, gone + 1] = -rate, rate
    assert (counts[:, FORMATION_OPENS - 1] == 0).all()
    for day in (12, 13, 15, 18, 22, 30, 40):
        chance = expm(generator * (day + 1 - FORMATION_OPENS))[0]
        share = np.bincount(counts[:, day], minlength=cases + 1) / replications
        error = np.sqrt(chance * (1 - chance) / replications)
        assert (np.abs(share - chance) <= 4 * error + 2 / replications).all(), day


def test_mean_completion_of_the_kth_of_n():
    """A sum of exponential times: 1/min(c, n) + 1/min(c, n - 1) + … of the mean."""
    cases, slots, mean = 8, 3, 3.0
    rules = queue(slots, {"exponential": mean}, calendar__horizon="2028-06-30")
    shown = np.array([sorted(trace(city(cases), rules, replication=r, seed=2).cases["formed"]) for r in range(60)])
    steps = 1 / np.array(death_rates(cases, slots, mean))
    expected = FORMATION_OPENS + np.cumsum(steps)
    error = np.sqrt(np.cumsum(steps**2) / len(shown))
    assert (np.abs(shown.mean(axis=0) - expected) <= 4 * error).all()


# --- arrivals over time -------------------------------------------------------------------------------------

#: Surveyed in the 500 working days from 4 January 2027 on, released at once; instructors from day 1 on.
LONG = {
    "calendar__start": "2027-01-04", "calendar__mobilisation": "2027-01-04", "calendar__formation_opens": "2027-01-04",
    "calendar__census_end": "2028-12-01", "calendar__deadline": "2029-06-29", "calendar__review": "2027-01-04",
}  # fmt: skip
SPAN = 500.0


def test_the_long_calendar():
    calendar = simulate(city(1), queue(1, 1.0, **LONG), replications=1).calendar
    assert (calendar.census_end, calendar.instructors_open, calendar.formation_opens) == (SPAN, 1.0, 0.0)


def erlang_c(servers, load):
    """The chance to wait in M/M/c."""
    terms = [load**k / math.factorial(k) for k in range(servers)]
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(terms) + last)


@pytest.mark.parametrize(
    ("slots", "law", "second_moment"),
    [
        (1, Law("fixed", (0.3,)), 0.3**2),
        (1, Law("exponential", (0.3,)), 2 * 0.3**2),
        (1, Law("uniform", (0.0, 0.6)), 0.6**2 / 3),
        (1, Law("pert", (0.1, 0.2, 0.9)), 0.3**2 + (0.3 - 0.1) * (0.9 - 0.3) / 7),
        (3, Law("exponential", (0.9,)), None),
    ],
    ids=["M/D/1", "M/M/1", "M/U/1", "M/PERT/1", "M/M/3"],
)
def test_mean_wait_of_poisson_arrivals(slots, law, second_moment):
    """Pollaczek and Khinchine, and Erlang: 1000 uniform arrivals in 500 days are Poisson ones, given how many they are.

    That they are so many and no more shortens the wait, little as long as the queue forgets in a few days: hence a load
    of 0.6, not of 0.9.
    """
    rate, mean = 2.0, law.mean
    load = rate * mean
    assert load / slots == pytest.approx(0.6)
    if second_moment is None:
        expected = erlang_c(slots, load) * mean / (slots - load)
    else:
        expected = rate * second_moment / (2 * (1 - load))
    rules = queue(slots, law.dump(), **LONG)
    outcome = simulate(city(1000), rules, replications=60, keep="city", seed=3)
    assert outcome.expected() == 1.0
    assert outcome.waits.loc["standalone", "dispatch"] == pytest.approx(expected, rel=0.06)
    assert outcome.waits.loc["standalone", "preparation"] == pytest.approx(mean, rel=0.01)
    open_days = outcome.calendar.horizon - 1
    assert outcome.utilisation["S"] == pytest.approx(1000 * mean / (slots * open_days), rel=0.01)


@pytest.mark.parametrize(
    ("slots", "first", "second"),
    [
        (1, Law("exponential", (0.3,)), Law("exponential", (0.3,))),
        (1, Law("uniform", (0.0, 0.4)), Law("fixed", (0.4,))),
        (2, Law("exponential", (0.6,)), Law("exponential", (0.6,))),
    ],
    ids=["M/M/1", "M/G/1", "M/M/2"],
)
def test_mean_waits_of_two_priorities(slots, first, second):
    """Cobham: who comes first waits W0 / (1 - a), who comes second W0 / ((1 - a)(1 - a - b)); nobody is interrupted.

    W0 is what is left of the work in service on arrival: half the rate times the second moment with one server, and
    Erlang's chance to wait times mean / servers with several of one exponential mean. Loads a and b are of all servers.
    """
    rate = 1.0
    means = first.mean, second.mean
    a, b = (rate * mean / slots for mean in means)
    assert a + b == pytest.approx(0.6)
    if slots == 1:
        moments = {"exponential": lambda law: 2 * law.mean**2, "fixed": lambda law: law.mean**2,
                   "uniform": lambda law: law.high**2 / 3}  # fmt: skip
        left = sum(rate * moments[law.family](law) for law in (first, second)) / 2
    else:
        left = erlang_c(slots, slots * (a + b)) * means[0] / slots
    rules = queue(slots, second.dump(), **LONG).replace(
        {"discipline": ["assisted", "standalone"], "cases.assisted.preparation": first.dump(),
         "cases.assisted.approval": "none"}
    )  # fmt: skip
    orgs = register(*(organization(f"o{n:04d}", 2 + n % 2) for n in range(1000)))
    waits = simulate(orgs, rules, replications=60, keep="city", seed=3).waits["dispatch"]
    assert waits["assisted"] == pytest.approx(left / (1 - a), rel=0.06)
    assert waits["standalone"] == pytest.approx(left / ((1 - a) * (1 - a - b)), rel=0.06)


@pytest.mark.parametrize("slots", [1, 2, 4])
def test_each_queue_obeys_lindley(slots):
    """Given releases and preparations, first come first served has one answer: Kiefer and Wolfowitz's recursion."""
    cases = trace(city(200), queue(slots, {"exponential": 2.0 * slots}, **LONG), seed=4).cases
    free = [1.0] * slots
    for row in cases.sort_values(["release", "rank"]).itertuples():
        start = max(row.release, min(free))
        assert row.dispatched == start
        assert row.formed == start + row.prep_1
        free[free.index(min(free))] = start + row.prep_1


@pytest.mark.parametrize("days", [3.5, None], ids=["fixed", "exponential"])
def test_without_a_queue_everyone_s_time_is_their_own(days):
    """Slots for all: how many are formed by a day is binomial, with the chance of census plus preparation."""
    span, mean, count, replications = 12, 4.0, 10, 2000
    calendar = LONG | {"calendar__census_end": "2027-01-19", "calendar__deadline": "2027-03-31"}
    rules = queue(99, days if days is not None else {"exponential": mean}, **calendar)
    outcome = simulate(city(count), rules, replications=replications, seed=5)
    assert outcome.calendar.census_end == span
    counts = outcome.counts().to_numpy()

    def formed_by(t):
        """Surveyed at s, uniform; started at s, or at 1 when instructors open."""
        if days is not None:
            return min(max(t - days, 0), span) / span if t - days >= 1 else 0.0
        within = min(t, span)
        tail = mean * (math.exp(-(t - within) / mean) - math.exp(-(t - 1) / mean))
        return ((1 - math.exp(-(t - 1) / mean)) + (within - 1) - tail) / span if t > 1 else 0.0

    for day in range(1, 30, 2):
        chance = formed_by(day + 1)
        error = math.sqrt(count * chance * (1 - chance) / replications)
        assert abs(counts[:, day].mean() - count * chance) <= 4 * error + 1e-9, day
        variance = count * chance * (1 - chance)
        assert counts[:, day].var() == pytest.approx(variance, rel=0.2, abs=0.02), day


# --- draws --------------------------------------------------------------------------------------------------


def draws(column, rules, replications=4, seed=6):
    """A column of some traces of 500 cases."""
    shown = [trace(city(500), rules, replication=r, seed=seed).cases[column] for r in range(replications)]
    return pd.concat(shown).to_numpy(dtype=float)


def kolmogorov(values, distribution):
    """sqrt(n) times the greatest distance from the distribution function; above 1.95 once in a thousand."""
    at = distribution(np.sort(values))
    n = at.size
    return math.sqrt(n) * max(np.max(np.arange(1, n + 1) / n - at), np.max(at - np.arange(n) / n))


PERT = Law("pert", (2.0, 5.0, 12.0))


@pytest.mark.parametrize(
    ("law", "variance"),
    [
        (PERT, (PERT.mean - 2.0) * (12.0 - PERT.mean) / 7),
        (Law("pert", (0.0, 0.0, 30.0)), 5.0 * 25.0 / 7),
        (Law("uniform", (1.0, 4.0)), 9 / 12),
        (Law("triangular", (0.0, 1.0, 5.0)), (0 + 1 + 25 - 0 - 0 - 5) / 18),
        (Law("exponential", (2.5,)), 2.5**2),
        (Law("lognormal", (4.0, 2.0)), 4.0),
        (Law("empirical", (1.0, 2.0, 6.0)), 41 / 3 - 9),
    ],
    ids=str,
)
@pytest.mark.parametrize(("field", "column"), [("preparation", "prep_1"), ("election", "election_lag")])
def test_mean_and_variance_of_what_is_drawn(law, variance, field, column):
    values = draws(column, queue(1, 1.0, **{f"cases__standalone__{field}": law.dump()}) if field == "election"
                   else queue(1, law.dump()))  # fmt: skip
    n = values.size
    assert abs(values.mean() - law.mean) <= 4 * math.sqrt(variance / n)
    fourth = ((values - values.mean()) ** 4).mean()
    assert abs(values.var() - variance) <= 4 * math.sqrt((fourth - variance**2) / n)


def test_attempts_draw_afresh_and_independently():
    rules = queue(1, PERT.dump(), cases__standalone__max_attempts=4)
    tries = np.array([draws(f"prep_{k}", rules) for k in (1, 2, 3, 4)])
    correlation = np.corrcoef(tries)
    assert np.abs(correlation[np.triu_indices(4, 1)]).max() <= 4 / math.sqrt(tries.shape[1])


def test_neighbours_seeds_and_replications_are_independent():
    """Organizations, replications and seeds next to each other share nothing."""
    rules = queue(1, {"uniform": [0, 1]})
    table = np.array([draws("prep_1", rules, replications=1, seed=seed) for seed in range(6)])
    table = np.vstack([table, draws("prep_1", rules, replications=4, seed=0).reshape(4, -1)[1:]])
    correlation = np.corrcoef(table)[np.triu_indices(len(table), 1)]
    assert np.abs(correlation).max() <= 4.5 / math.sqrt(table.shape[1])
    serial = np.corrcoef(table[:, :-1].ravel(), table[:, 1:].ravel())[0, 1]
    assert abs(serial) <= 4 / math.sqrt(table.size)


def test_survey_times_are_uniform():
    values = draws("release", queue(1, 1.0, **LONG))
    assert kolmogorov(values, lambda t: t / SPAN) < 1.95


@pytest.mark.parametrize("late", [0.05, 0.4, 1.0])
def test_the_late_ones_come_with_their_tail(late):
    rules = queue(1, 1.0, **LONG, census__late=late, census__tail={"exponential": 20.0})
    values = draws("release", rules)
    after = values > SPAN
    assert abs(after.mean() - late) <= 4 * math.sqrt(late * (1 - late) / values.size)
    assert kolmogorov(values[after] - SPAN, lambda t: -np.expm1(-t / 20.0)) < 1.95
    if late < 1:
        assert kolmogorov(values[~after], lambda t: t / SPAN) < 1.95


@pytest.mark.parametrize("factor", [None, 0.25, 3.0])
def test_success_rates(factor):
    """The odds of failing are multiplied; attempts fail independently."""
    fails = 0.3 if factor is None else factor * 0.3 / (1 - 0.3 + factor * 0.3)
    rules = queue(500, 1.0, cases__standalone__success=0.7, cases__standalone__max_attempts=3)
    rules = rules if factor is None else rules.replace("uncertainty.failure", factor)
    for k in (1, 2, 3):
        share = draws(f"success_{k}", rules).mean()
        assert abs(share - (1 - fails)) <= 4 * math.sqrt(fails * (1 - fails) / 2000)
    attempts = Counter(draws("attempts", rules).astype(int).tolist())
    expected = {1: 1 - fails, 2: fails * (1 - fails), 3: fails**2}
    for k, chance in expected.items():
        assert abs(attempts[k] / 2000 - chance) <= 4 * math.sqrt(chance * (1 - chance) / 2000)
    abandoned = 1 - simulate(city(500), rules, replications=40, keep="city", seed=7).expected()
    assert abandoned == pytest.approx(fails**3, abs=4 * math.sqrt(fails**3 / 20_000))


def test_speed_and_absence_divide_preparation():
    base = draws("prep_1", queue(1, {"pert": [2, 5, 12]}))
    rules = queue(1, {"pert": [2, 5, 12]}).replace({"uncertainty.speed": 1.25, "uncertainty.absence": 0.2})
    np.testing.assert_allclose(draws("prep_1", rules), base, rtol=0, atol=2**-20)  # 1.25 × 0.8 = 1
    rules = rules.replace("uncertainty.absence", 0.6)
    np.testing.assert_allclose(draws("prep_1", rules), 2 * base, rtol=0, atol=2**-19)


# --- the committee ------------------------------------------------------------------------------------------

#: Tuesdays from 3 August on: days 13, 18, 23, 28 and 33.
TUESDAYS = {
    "committee__weekdays": ["Tue"],
    "committee__every_weeks": 1,
    "committee__first": "2027-08-03",
    "committee__stagger": False,
}


@pytest.mark.parametrize(
    ("cases", "agenda", "expected"),
    [
        (9, 4, [18] * 4 + [23] * 4 + [28]),
        (9, 9, [18] * 9),
        (9, None, [18] * 9),
        (9, 1, [18, 23, 28, 33] + [None] * 5),
        (3, 100, [18] * 3),
        (9, 0, [None] * 9),
    ],
)
def test_an_agenda_drains_what_was_filed_at_once(cases, agenda, expected):
    """All are filed at 14; with two days' notice the meeting on day 16 or later may hear them."""
    rules = queue(99, 2.0, **TUESDAYS, committee__agenda=agenda).replace("cases.standalone.approval", "committee")
    shown = trace(city(cases), rules).cases.sort_values("rank")
    assert set(shown["filed"]) == {14.0}
    days = [None if math.isnan(day) else day for day in shown["approved"]]
    assert days == expected
    counts = simulate(city(cases), rules, replications=1).counts().to_numpy()[0]
    for day in range(34):
        assert counts[day] == sum(1 for heard in expected if heard is not None and heard <= day)


@pytest.mark.parametrize(("notice", "heard"), [(0, 18), (3, 18), (4, 18), (4.000001, 23), (9.5, 28), (30, None)])
def test_notice_is_counted_to_the_meeting(notice, heard):
    """Filed at 14."""
    rules = queue(99, 2.0, **TUESDAYS, committee__notice=notice).replace("cases.standalone.approval", "committee")
    approved = trace(city(2), rules).cases["approved"]
    assert approved.tolist() == [heard, heard] if heard else approved.isna().all()


def test_mean_wait_for_the_next_meeting():
    """Filed evenly over four weeks that begin on a Monday; meetings on Tuesdays, days 1, 6, 11, 16 and 21.

    Those surveyed on day 0 are filed at 1, as instructors open, and heard at once; over a whole week the mean wait is
    half a week; of days 16 to 20 it is from 5 to 1.
    """
    calendar = LONG | {"calendar__census_end": "2027-01-29", "calendar__deadline": "2027-03-31"}
    meetings = TUESDAYS | {"committee__first": "2027-01-05", "committee__agenda": None, "committee__notice": 0}
    rules = queue(500, 0, **calendar, **meetings).replace("cases.standalone.approval", "committee")
    outcome = simulate(city(500), rules, replications=40, keep="city", seed=8)
    assert outcome.calendar.census_end == 20
    expected = (1 * 0 + 15 * 2.5 + 4 * 3) / 20
    spread = math.sqrt((15 * 25 / 3 + 4 * (5**3 - 1) / (3 * 4)) / 20 - expected**2)
    assert outcome.waits.loc["standalone", "approval"] == pytest.approx(expected, abs=4 * spread / math.sqrt(20_000))


def test_a_case_is_formed_after_an_election_of_its_own():
    """Approved on day 18 all together; formed an exponential time later."""
    rules = queue(500, 2.0, **TUESDAYS, committee__agenda=None, calendar__horizon="2028-03-31").replace(
        {"cases.standalone.approval": "committee", "cases.standalone.election": {"exponential": 6}}
    )
    values = draws("formed", rules, replications=2) - 18
    assert kolmogorov(values, lambda t: -np.expm1(-t / 6)) < 1.95
    outcome = simulate(city(500), rules, replications=20, seed=9)
    for day in (18, 20, 25, 33):
        chance = -math.expm1(-(day + 1 - 18) / 6)
        error = math.sqrt(chance * (1 - chance) / (500 * 20))
        assert float(outcome.coverage.isel(day=day).mean()) == pytest.approx(chance, abs=4 * error)
