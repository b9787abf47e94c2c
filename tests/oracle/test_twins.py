"""The twins against each other, against published vectors, and against examples worked by hand."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from tests.oracle import model_twin, plain_twin, simpy_twin
from tests.oracle.instances import TICK, instance
from workbench.inputs.scenario.model import Scenario

NEVER = None
UNLIMITED = math.nan
Serve = Callable[..., pd.DataFrame]

both_twins = pytest.mark.parametrize("serve", [simpy_twin.serve, plain_twin.serve], ids=["simpy", "plain"])


@pytest.mark.parametrize("block", range(4))
def test_twins_agree(block: int) -> None:
    for seed in range(block * 600, (block + 1) * 600):
        given = instance(seed)
        frames = given.cases, given.slots, given.meetings, given.settings
        pd.testing.assert_frame_equal(
            simpy_twin.serve(*frames), plain_twin.serve(*frames), check_exact=True, obj=f"instance {seed}"
        )


def test_instances_reach_every_outcome() -> None:
    """Cases never start, wait, fail, retry, are abandoned, are heard late or form too late: all occur."""
    served = []
    for seed in range(200):
        given = instance(seed)
        frame = plain_twin.serve(given.cases, given.slots, given.meetings, given.settings)
        served.append(given.cases.join(frame))
    cases = pd.concat(served)
    late = cases["filed"].notna() & cases["approved"].isna() & (cases["approval"] == "committee")
    abandoned = (cases["attempts"] == cases["max_attempts"]) & cases["filed"].isna() & cases["mass_org"].isna()
    for happened in (
        cases["dispatched"].isna(),
        cases["dispatched"] > cases["release"],
        cases["attempts"] > 1,
        abandoned,
        late,
        cases["approved"].notna() & cases["formed"].isna(),
        cases["mass_org"].notna(),
        cases["formed"] == cases["dispatched"],
    ):
        assert happened.sum() >= 5


# --- examples worked by hand --------------------------------------------------------------------------------


def case(name: str, rank: int, prep: float | list[float], **changes: object) -> dict[str, object]:
    """A case that is released at 0 and succeeds at its last attempt; committee, no election."""
    lengths = prep if isinstance(prep, list) else [prep]
    last = len(lengths)
    return {
        **{"case": name, "kind": "standalone", "responsible": "s", "units": 1, "priority": 0, "release": 0.0},
        **{"rank": rank, "max_attempts": last, "approval": "committee", "election": False},
        **{f"prep_{k}": length for k, length in enumerate(lengths, 1)},
        **{f"success_{k}": float(k == last) for k in range(1, last + 1)},
        **{"retry_delay": 0.0, "election_lag": 0.0},
        **changes,
    }


def run(
    serve: Serve,
    cases: list[dict[str, object]],
    slots: list[tuple[float, float]],
    meetings: list[tuple[int, float]] = (),  # type: ignore[assignment]
    *,
    notice: float = 0.0,
    horizon_day: int = 9,
) -> pd.DataFrame:
    """Serve one responsible unit; the answer by case name."""
    frame = pd.DataFrame(cases)
    answer = serve(
        frame,
        pd.DataFrame([("s", *slot) for slot in slots], columns=["responsible", "start", "stop"]),
        pd.DataFrame([("s", *meeting) for meeting in meetings], columns=["responsible", "day", "agenda"]),
        {"notice": notice, "deadline_day": horizon_day, "horizon_day": horizon_day},
    )
    return answer.set_index(frame["case"])


def column(answer: pd.DataFrame, name: str) -> dict[str, float | None]:
    """A column as a dictionary, with None where it never happened."""
    return {case: None if math.isnan(value) else value for case, value in answer[name].items()}


@both_twins
def test_work_that_ends_when_the_committee_meets_is_heard(serve: Serve) -> None:
    # Both end at 2.0, the meeting's time: completions come before meetings. The agenda of one takes the
    # lesser rank, b, though a stands first in the frame. a waits for day 4; its election of a day ends at
    # 5.0 = H, the end of day 4, and what has not happened by t < H never happened.
    cases = [case("a", 1, 2.0, election=True, election_lag=1.0)]
    cases += [case("b", 0, 2.0, election=True, election_lag=1.0)]
    answer = run(serve, cases, [(0, 5), (0, 5)], [(2, 1), (4, 1)], horizon_day=4)
    assert column(answer, "filed") == {"a": 2.0, "b": 2.0}
    assert column(answer, "approved") == {"a": 4.0, "b": 2.0}
    assert column(answer, "formed") == {"a": NEVER, "b": 3.0}


@both_twins
def test_agenda_is_taken_by_filing_then_rank(serve: Serve) -> None:
    # Filed: c at 1, a and b at 2. With a notice of one day the meeting on day 3 may hear all three
    # (2 + 1 <= 3) but takes two: c (earliest) and b (rank 1 before rank 2), though c has the greatest rank.
    # a: day 5. The meeting on day 2 hears nobody: its agenda is nought.
    cases = [case("a", 2, 2.0), case("b", 1, 2.0), case("c", 3, 1.0)]
    answer = run(serve, cases, [(0, 10)] * 3, [(2, 0), (3, 2), (5, UNLIMITED)], notice=1.0)
    assert column(answer, "approved") == {"a": 5.0, "b": 3.0, "c": 3.0}


@both_twins
def test_notice_is_exact(serve: Serve) -> None:
    # One tick of 2^-20 too late is too late.
    cases = [case("a", 0, 1.0), case("b", 1, 1.0 + TICK)]
    answer = run(serve, cases, [(0, 10), (0, 10)], [(2, UNLIMITED), (3, UNLIMITED)], notice=1.0)
    assert column(answer, "approved") == {"a": 2.0, "b": 3.0}


@both_twins
def test_a_slot_closes_while_a_case_waits(serve: Serve) -> None:
    # One slot is open in [0, 2). a starts at 0 and runs to 3: it finishes what it has started. b waits, and
    # at 3 the slot is shut. c is released at 2.0, when it is shut already. The second slot opens at 5: b
    # starts at 5, c at 6.
    cases = [case("a", 0, 3.0), case("b", 1, 1.0), case("c", 2, 1.0, release=2.0)]
    answer = run(serve, cases, [(0, 2), (5, 10)])
    assert column(answer, "dispatched") == {"a": 0.0, "b": 5.0, "c": 6.0}
    assert column(run(serve, cases, [(0, 2)]), "dispatched") == {"a": 0.0, "b": NEVER, "c": NEVER}


@both_twins
def test_a_failure_goes_behind_those_released_before_it(serve: Serve) -> None:
    # a fails at 1.0 and is released again at 1.0 (no delay). b, released at 0.5, is first now. c too was
    # released at 1.0, but a has the lesser rank: a is second at 2.0, c third at 3.0.
    cases = [case("a", 0, [1.0, 1.0]), case("b", 1, 1.0, release=0.5), case("c", 2, 1.0, release=1.0)]
    answer = run(serve, cases, [(0, 10)])
    assert column(answer, "dispatched") == {"a": 0.0, "b": 1.0, "c": 3.0}
    assert column(answer, "filed") == {"a": 3.0, "b": 2.0, "c": 4.0}
    assert column(answer, "attempts") == {"a": 2.0, "b": 1.0, "c": 1.0}


@both_twins
def test_abandoned_after_the_last_attempt(serve: Serve) -> None:
    # Two failures of a day, half a day between: starts at 0 and 1.5, then it is given up.
    cases = [case("a", 0, [1.0, 1.0], success_2=0.0, retry_delay=0.5), case("b", 1, 0.25, priority=1)]
    answer = run(serve, cases, [(0, 10)], [(4, UNLIMITED)])
    assert answer.loc["a"].dropna().to_dict() == {"dispatched": 0.0, "attempts": 2.0}
    assert column(answer, "dispatched")["b"] == 1.0  # in the half day between


@both_twins
def test_zero_durations_fall_due_before_the_next_start(serve: Serve) -> None:
    # At 0, slot 0 (open in [0, 1)) and slot 1 are idle. a starts in slot 0, fails at once, is released again
    # and is first again: slot 0 once more, and it succeeds, still at 0. Slot 0 is idle again, so b (two days)
    # takes it, and c (one day) takes slot 1. At 1, slot 1 is free for d. Had a and b been started together,
    # b would hold slot 1 until 2, and d would start only then. The meeting of day 0 comes last and hears a.
    cases = [case("a", 0, [0.0, 0.0]), case("b", 1, 2.0), case("c", 2, 1.0), case("d", 3, 1.0)]
    answer = run(serve, cases, [(0, 1), (0, 10)], [(0, UNLIMITED)])
    assert column(answer, "dispatched") == {"a": 0.0, "b": 0.0, "c": 0.0, "d": 1.0}
    assert answer.loc["a", ["filed", "approved", "formed", "attempts"]].tolist() == [0.0, 0.0, 0.0, 2.0]


@both_twins
def test_priority_comes_before_release_and_nothing_is_interrupted(serve: Serve) -> None:
    # b has priority 0 but is released at 1, when a (priority 1) has the slot until 2: b then, and c after it,
    # though c was released at 0.
    cases = [case("a", 0, 2.0, priority=1), case("b", 2, 1.0, release=1.0), case("c", 1, 1.0, priority=1)]
    answer = run(serve, cases, [(0, 10)])
    assert column(answer, "dispatched") == {"a": 0.0, "b": 2.0, "c": 3.0}


@both_twins
def test_a_release_at_a_completion_may_start_then(serve: Serve) -> None:
    # At 1.0 the slot becomes idle, and b is released: completions, then releases, then dispatch: b before c.
    cases = [case("a", 0, 1.0), case("b", 2, 1.0, release=1.0), case("c", 1, 1.0, priority=1)]
    answer = run(serve, cases, [(0, 10)])
    assert column(answer, "dispatched") == {"a": 0.0, "b": 1.0, "c": 2.0}


@both_twins
def test_ways_of_approval(serve: Serve) -> None:
    # direct: at filing + notice, on no meeting; none: never approved, formed at filing + election;
    # outreach: neither filed nor formed, it founds a mass organization.
    cases = [case("direct", 0, 1.0, approval="direct", election=True, election_lag=0.5)]
    cases += [case("none", 1, 1.0, approval="none", election=True, election_lag=0.5)]
    cases += [case("outreach", 2, 1.0, kind="outreach", approval="none")]
    answer = run(serve, cases, [(0, 10)] * 3, notice=2.0)
    assert column(answer, "filed") == {"direct": 1.0, "none": 1.0, "outreach": NEVER}
    assert column(answer, "approved") == {"direct": 3.0, "none": NEVER, "outreach": NEVER}
    assert column(answer, "formed") == {"direct": 3.5, "none": 1.5, "outreach": NEVER}
    assert column(answer, "mass_org") == {"direct": NEVER, "none": NEVER, "outreach": 1.0}


@both_twins
def test_nothing_starts_or_happens_at_the_horizon(serve: Serve) -> None:
    # H = 2.0: b would start at 2.0; a's decision falls at 1.75 + 0.25 = 2.0.
    cases = [case("a", 0, 1.75, approval="direct"), case("b", 1, 0.25, release=2.0)]
    answer = run(serve, cases, [(0, 2), (0, 2)], notice=0.25, horizon_day=1)
    assert answer.loc["a"].dropna().to_dict() == {"dispatched": 0.0, "filed": 1.75, "attempts": 1.0}
    assert answer.loc["b"].dropna().to_dict() == {"attempts": 0.0}


# --- randomness ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [  # Random123's known answers for philox4x32, 10 rounds
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_known_answers(counter: str, key: str, words: str) -> None:
    numbers = [tuple(int(word, 16) for word in text.split()) for text in (counter, key, words)]
    assert model_twin.philox(numbers[0], numbers[1]) == numbers[2]


@pytest.mark.parametrize(
    ("kind", "identifier", "digest"),
    [  # printf 'organization\0A001' | b2sum --length 64
        ("organization", "A001", "e82170532d9c6227"),
        ("organization", "机构甲", "9c8eddde63186adc"),
        ("parameter", "cases.joint.success", "063c0d750455a315"),
    ],
)
def test_hash_known_answers(kind: str, identifier: str, digest: str) -> None:
    assert model_twin.hash_of(identifier, kind) == int.from_bytes(bytes.fromhex(digest), "little")


def test_uniform_is_built_from_hash_seed_replication_and_attempt() -> None:
    low, high = 0x537021E8, 0x27629C2D  # the digest e8217053 2d9c6227, low word first
    assert model_twin.hash_of("A001") == (high << 32) + low == 0x27629C2D537021E8
    words = model_twin.philox((low, high, 7, 2), (5, 9))
    seed = (9 << 32) + 5
    assert model_twin.uniform("A001", 7, 2, 3, seed) == (words[3] + 0.5) / 2**32


# --- laws, days, shares -------------------------------------------------------------------------------------


def law(family: str, *parameters: float) -> SimpleNamespace:
    return SimpleNamespace(family=family, parameters=parameters)


@pytest.mark.parametrize(
    ("given", "u", "expected"),
    [
        (law("fixed", 3), 0.3, 3.0),
        (law("uniform", 1, 3), 0.25, 1.5),
        (law("uniform", 2, 2), 0.25, 2.0),
        (law("triangular", 0, 1, 4), 0.25, 1.0),  # a quarter of the area lies left of the mode
        (law("triangular", 0, 1, 4), 0.75, 4 - math.sqrt(3)),
        (law("pert", 0, 2, 4), 0.5, 2.0),  # symmetric
        (law("pert", 0, 0, 5), 0.36, 5 * (1 - 0.64**0.2)),  # beta(1, 5)
        (law("pert", 1, 1, 1), 0.36, 1.0),
        (law("lognormal", 2, 2), 0.5, math.sqrt(2)),  # median = mean / sqrt(1 + (sd/mean)^2)
        (law("lognormal", 2, 0), 0.9, 2.0),
        (law("exponential", 2), 0.5, 2 * math.log(2)),
        (law("empirical", 7, 3, 5), 0.34, 5.0),
        (law("empirical", 7, 3, 5), 0.32, 3.0),
    ],
)
def test_laws_by_hand(given: SimpleNamespace, u: float, expected: float) -> None:
    assert model_twin.quantile(given, u) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (law("fixed", 3), 3.0),
        (law("uniform", 1, 4), 2.5),
        (law("triangular", 0, 1, 5), 2.0),
        (law("pert", 0, 1, 5), 1.5),
        (law("lognormal", 2, 7), 2.0),
        (law("exponential", 2), 2.0),
        (law("empirical", 7, 3, 5), 5.0),
        (4, 4.0),
    ],
)
def test_means_by_hand(given: object, expected: float) -> None:
    assert model_twin.mean_of(given) == expected


def test_working_days_of_2026() -> None:
    # 15 July is a Wednesday. 25 July and 1 August are Saturdays: by the 25th is by Friday 24th, day 7;
    # from 1 August is from Monday 3rd, day 13, the day after 31 July.
    week = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    spec = {"start": date(2026, 7, 15), "weekmask": week, "extra_workdays": [], "holidays": "CN"}
    days = model_twin.Days(SimpleNamespace(**spec))
    assert days.number_from(date(2026, 7, 15)) == 0
    assert days.number_by(date(2026, 7, 14)) == -1
    assert days.number_by(date(2026, 7, 25)) == 7
    assert days.number_by(date(2026, 7, 31)) == 12
    assert days.number_from(date(2026, 8, 1)) == 13
    assert days.number_by(date(2026, 8, 31)) == 33
    worked = SimpleNamespace(**{**spec, "extra_workdays": [date(2026, 7, 25)], "holidays": [date(2026, 7, 16)]})
    days = model_twin.Days(worked)
    assert days.number_by(date(2026, 7, 16)) == 0
    assert days.number_by(date(2026, 7, 25)) == days.number_from(date(2026, 7, 25)) == 7


def test_largest_remainder_by_hand() -> None:
    # 10 shared as 3 : 3 : 1 is 4.29, 4.29, 1.43: the last one goes to the greatest remainder, c.
    weights = {"b": Fraction(3), "a": Fraction(3), "c": Fraction(1)}
    assert model_twin.largest_remainder(10, weights) == {"b": 4, "a": 4, "c": 2}
    # 4 shared equally among three: 1.33 each, and the name decides.
    assert model_twin.largest_remainder(4, dict.fromkeys("cab", Fraction(0))) == {"c": 1, "a": 2, "b": 1}
    assert model_twin.largest_remainder(0, weights) == {"b": 0, "a": 0, "c": 0}


# --- from a scenario and a register, by hand ----------------------------------------------------------------

# 15 July 2027 is a Thursday, day 0; 25 July and 1 August are Sundays: instructors open on day 7 (26 July),
# formation on day 12 (2 August). 31 August is day 33, and the horizon is its end, 34.


def meetings(changes: dict[str, Any], responsible_units: str = "ab", **calendar: Any) -> dict[str, list[int]]:
    scenario = Scenario.model_validate({"calendar": {"holidays": None, **calendar}, "committee": changes})
    days = model_twin.Days(scenario.calendar)
    last = days.number_by(scenario.calendar.deadline)
    frame = model_twin.made_meetings(list(responsible_units), scenario.committee, days, last)
    return {
        responsible: frame.loc[frame["responsible"] == responsible, "day"].tolist() for responsible in responsible_units
    }


TUESDAYS = {"weekdays": ["Tue"], "every_weeks": 2, "first": "2027-08-03", "stagger": False}


def test_responsible_units_begin_in_turn() -> None:
    # 3, 17 and 31 August are days 13, 23 and 33; a week later begins b; with two weeks c is in turn with a.
    staggered = {**TUESDAYS, "stagger": True}
    assert meetings(staggered, "abc") == {"a": [13, 23, 33], "b": [18, 28], "c": [13, 23, 33]}


def test_no_meeting_before_the_first() -> None:
    # The first is a Tuesday: its week's Monday (2 August) is too early, its Thursday (5 August, 15) is not.
    both = {**TUESDAYS, "weekdays": ["Mon", "Thu"]}
    assert meetings(both, "a") == {"a": [15, 22, 25, 32]}


def test_a_meeting_before_the_campaign_is_none_of_it() -> None:
    # 6 July is before the start; 20 July is day 3. It is not moved to day 0.
    assert meetings({**TUESDAYS, "first": "2027-07-06"}, "a") == {"a": [3, 13, 23, 33]}


def test_meetings_move_off_holidays_and_extra_dates_are_added() -> None:
    # 17 August is a holiday: the meeting moves to the 18th, which is day 23 now, and the 31st is day 32.
    # Saturday 7 August moves to Monday 9th, day 17, in every responsible unit; b meets on the 10th (day 18), too.
    # The 4th of September is past the horizon.
    changes = {
        **TUESDAYS,
        "extra": ["2027-08-07", "2027-09-04"],
        "by_responsible": {"b": {"extra": ["2027-08-10"]}},
    }
    moved = meetings(changes, holidays=["2027-08-17"])
    assert moved == {"a": [13, 17, 23, 32], "b": [13, 17, 18, 23, 32]}


def test_a_responsible_may_have_its_own_rhythm_and_agenda() -> None:
    own = {"b": {"every_weeks": 4, "agenda": None}}
    scenario = Scenario.model_validate(
        {"calendar": {"holidays": None}, "committee": {**TUESDAYS, "by_responsible": own}}
    )
    frame = model_twin.made_meetings(["a", "b"], scenario.committee, model_twin.Days(scenario.calendar), 33)
    assert frame["day"].tolist() == [13, 23, 33, 13, 33]
    assert frame["agenda"].isna().tolist() == [False, False, False, True, True]


def test_slots_by_hand() -> None:
    # Two slots an instructor, open in [7, 34). Arrivals come after, by from and until: the one from 19 July
    # waits for day 7; 2-6 August is [12, 17); one that has left by the opening has no slot.
    scenario = Scenario.model_validate(
        {
            "calendar": {"holidays": None},
            "instructors": {
                "by_responsible": {"a": 1},
                "caseload": 2,
                "arrivals": [
                    {"responsible": "b", "count": 1, "from": "2027-07-31", "until": "2027-08-07"},
                    {"responsible": "b", "count": 1, "from": "2027-07-19"},
                    {"responsible": "b", "count": 3, "from": "2027-07-15", "until": "2027-07-25"},
                ],
            },
        }
    )
    days = model_twin.Days(scenario.calendar)
    numbers = model_twin.numbers_of_instructors({}, ["a", "b"], [], scenario, pd.DataFrame())
    slots = model_twin.made_slots(["a", "b"], numbers, scenario, days, 34.0)
    open_all, open_week = (7.0, 34.0), (12.0, 17.0)
    assert list(slots.itertuples(index=False, name=None)) == [
        *[("a", *open_all)] * 2,
        *[("b", *open_all)] * 2,
        *[("b", *open_week)] * 2,
    ]


def organizations(*rows: tuple[str, str, int], **changes: dict[str, Any]) -> pd.DataFrame:
    """A register of (org_id, responsible unit, members) without branches, with changes by org_id."""
    plain = {"has_branch": False, "has_instructor": False, "has_mass_org": False, "dormant": False}
    return pd.DataFrame(
        {
            org_id: {"responsible": responsible, "full_members": members, **plain, **changes.get(org_id, {})}
            for org_id, responsible, members in rows
        }
    ).T


def placed(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["org_id", "facility_kind", "facility_id", "distance_km"])


def test_cases_by_hand() -> None:
    register = organizations(
        *[("three", "s", 3), ("two", "s", 2), ("p", "s", 1), ("q", "t", 1), ("r", "t", 1), ("x", "s", 1)],
        *[("h", "t", 9), ("c1", "s", 1), ("c2", "s", 1), ("c3", "s", 1), ("none", "t", 0), ("left", "t", 1)],
        *[("looked_after", "t", 0), ("union", "t", 0), ("asleep", "t", 3)],
        h={"has_branch": True},
        looked_after={"has_instructor": True},
        union={"has_mass_org": True},
        asleep={"dormant": True},
    )
    groups = placed(
        *[("p", "peer", "q", 1.5), ("q", "peer", "q", 0.0), ("r", "peer", "q", 3.0), ("x", "host", "h", 2.0)],
        *[
            ("c1", "community", "s/k", 1.0),
            ("c2", "community", "s/k", 2.0),
            ("c3", "community", "s/k", math.nan),
        ],
    )
    cases = model_twin.made_cases(register.sort_index().to_dict("index"), Scenario(), groups)
    least = min(("c1", "c2", "c3"), key=model_twin.hash_of)
    assert {case["case"]: tuple(case.values())[1:] for case in cases} == {
        "three": ("standalone", "s", ["three"], 0.0),
        "two": ("assisted", "s", ["two"], 0.0),
        "q": ("joint", "t", ["p", "q", "r"], 1.5),  # the leading peer counts, with no distance
        "x": ("attached", "t", ["x"], 2.0),  # the host's responsible unit
        least: ("joint", "s", ["c1", "c2", "c3"], 1.0),  # no place, no distance
        "none": ("outreach", "t", ["none"], 0.0),
        "left": ("outreach", "t", ["left"], 0.0),
    }


def test_a_regulation_city_groups_two_members() -> None:
    register = organizations(("two", "s", 2), ("one", "s", 1))
    scenario = Scenario().replace("policy.two_members", "joint")
    rows = register.to_dict("index")
    assert [case["kind"] for case in model_twin.made_cases(rows, scenario, None)] == ["outreach", "outreach"]
    groups = placed(("two", "peer", "two", 0.0), ("one", "peer", "two", 0.0))
    (joint,) = model_twin.made_cases(rows, scenario, groups)
    assert (joint["case"], joint["kind"], joint["units"]) == ("two", "joint", ["one", "two"])


def test_priorities_by_hand() -> None:
    # Units a working day: standalone 1/4; joint of 5 units at 2 km: 5 / (10 (1 + 0.05 * 2 + 0.2 * 2)) = 1/3;
    # joint of 4 at no distance: 4 / (10 (1 + 0.2)) = 1/3, equal but for the last bits; attached 1/2.
    kinds = {
        "standalone": {"preparation": {"pert": [1, 4, 7]}},
        "joint": {"preparation": 10, "per_km": {"uniform": [0, 0.1]}, "per_extra_unit": 0.2},
        "attached": {"preparation": {"exponential": 2}, "per_km": 0},
    }
    cases = [
        {"case": "alone", "kind": "standalone", "units": ["u"], "distance": 0.0},
        {"case": "five", "kind": "joint", "units": list("uvwxy"), "distance": 2.0},
        {"case": "four", "kind": "joint", "units": list("uvwx"), "distance": 0.0},
        {"case": "guest", "kind": "attached", "units": ["u"], "distance": 9.0},
        {"case": "none", "kind": "outreach", "units": ["u"], "distance": 0.0},
    ]

    def ranked(discipline: str | list[str]) -> dict[str, int]:
        return model_twin.priorities(cases, Scenario.model_validate({"cases": kinds, "discipline": discipline}))

    formation = {"guest": 0, "five": 1, "four": 1, "alone": 2, "none": 3}
    work = {"none": 0, "guest": 1, "five": 2, "four": 2, "alone": 3}
    assert ranked("formation_first") == formation
    assert ranked("work_first") == work
    assert set(ranked("fifo").values()) == {0}
    assert ranked(["attached", "outreach"]) == {"guest": 0, "none": 1, "alone": 2, "five": 2, "four": 2}
