"""Last safe dates by hand: what waits for what, counted back from the deadline (day 33, 31 August 2027)."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests.cities import organization, placed, register, scenario
from workbench.inputs.scenario import Calendar
from workbench.labels import in_language
from workbench.planning import last_safe_dates
from workbench.planning.dates.last_safe import EVEN, SAFE, _safe
from workbench.simulation import KINDS, simulate

STEPS = ["meeting_50", "meeting_90", "filing_50", "filing_90", "dispatch_50", "dispatch_90"]
#: No chance but where a test puts it: two days of work, a notice of one, a meeting every Tuesday.
RULES = {
    **{"committee__every_weeks": 1, "committee__weekdays": ["Tue"], "committee__stagger": False},
    **{
        "committee__notice": 1,
        "committee__agenda": None,
        "cases__standalone__preparation": 2,
        "cases__standalone__election": 3,
    },
}


def dates(rules=None, *orgs, grouping=None, replications=20):
    """The dates of a responsible unit with one standalone case, or of these organizations."""
    given = register(*(orgs or [organization("a")]))
    return last_safe_dates(given, scenario(**(RULES | (rules or {}))), grouping, replications=replications)


def days(row) -> list[int | None]:
    """Dates as days of August; None where there is none."""
    return [None if pd.isna(row[name]) else row[name].day for name in STEPS]


def test_by_hand():
    """An election of three days must begin by Friday, 27 August (27, 30, 31); the committee meets on Tuesdays."""
    found = dates()
    assert found.deadline == date(2027, 8, 31)
    kind = found.by_kind.loc["standalone"]
    assert (kind["cases"], kind["committee"], kind["election"]) == (1, True, 3.0)
    assert kind["possible"] == pd.Timestamp("2027-08-26")
    # 26 August + 3 working days is 31 August, t = 33 < 34; a meeting on the 27th would form it at 34, a day late.
    # On the responsible unit's own Tuesday, the 24th; filed by Monday the 23rd, dispatched by Thursday the 19th.
    assert days(kind) == [26, 26, 23, 23, 19, 19]
    assert days(found.table.loc[("S", "standalone")]) == [24, 24, 23, 23, 19, 19]
    assert kind["at_opening"] == 1.0
    assert found.meetings.loc["S"].to_dict() == {"meetings": 5, "in_time": 4}
    assert found.first_to_close == "standalone"


@pytest.mark.parametrize(
    ("election", "last"),
    [(None, 31), (0, 31), (0.5, 31), (1, 30), (7.5, 20), (60, None)],
)
def test_the_last_meeting_waits_for_the_election(election, last):
    """Half a day ends within the deadline's day; a day from the deadline's morning on ends when it is over."""
    kind = dates({"cases__standalone__election": election}).by_kind.loc["standalone"]
    assert days(kind)[:2] == [last, last]
    assert (kind["possible"].day if last else pd.isna(kind["possible"])) == (last or True)


def test_what_counts_from_approval_on_waits_for_no_election():
    found = dates({"policy__counted_from": "approved"})
    assert days(found.by_kind.loc["standalone"]) == [31, 31, 30, 30, 26, 26]
    assert found.first_to_close is None


@pytest.mark.parametrize(
    ("approval", "filing", "dispatch"),
    # Formed before t = 34: with direct approval filed + 1 + 3 < 34, so on the morning of day 29 (25 August); two days
    # of work before that. Without approval filed + 3 < 34.
    [("direct", 25, 23), ("none", 26, 24)],
)
def test_without_a_committee(approval, filing, dispatch):
    found = dates({"cases__standalone__approval": approval})
    kind = found.by_kind.loc["standalone"]
    assert days(kind) == [None, None, filing, filing, dispatch, dispatch]
    assert not kind["committee"]
    assert found.first_to_close is None


def test_meetings_that_hear_nobody_do_not_count():
    found = dates({"committee__by_responsible": {"S": {"agenda": 0}}})
    assert days(found.by_kind.loc["standalone"])[2:] == [None] * 4
    assert days(found.table.loc[("S", "standalone")]) == [None] * 6
    assert found.by_kind.loc["standalone", "at_opening"] == 0.0


def test_even_odds_and_nine_in_ten_differ_where_attempts_fail():
    """Two in three succeed at once; the second attempt begins a day later and succeeds as often."""
    change = {"cases__standalone__success": 0.667, "cases__standalone__max_attempts": 2,
              "cases__standalone__retry_delay": 1}  # fmt: skip
    found = dates(change, *(organization(f"o{n}") for n in range(200)), replications=50).by_kind.loc["standalone"]
    # Even odds: the first attempt. One in nine fails twice, so that no day is early enough nine times in ten.
    assert days(found)[-2:] == [19, None]
    assert found["at_opening"] == pytest.approx(1 - 0.333**2, abs=0.01)
    # One in sixteen: nine in ten need two attempts, 2 + 1 + 2 days before the 23rd.
    surer = dates(change | {"cases__standalone__success": 0.75}, *(organization(f"o{n}") for n in range(200)))
    assert days(surer.by_kind.loc["standalone"])[-2:] == [19, 16]


def test_outreach_counts_from_its_dispatch_on():
    found = dates(None, organization("idle", 0))
    assert days(found.by_kind.loc["outreach"]) == [None] * 4 + [31, 31]
    assert found.first_to_close is None
    assert found.meetings.loc["S"].to_dict() == {"meetings": 5, "in_time": 5}


def test_a_dispatch_before_the_opening_is_none():
    found = dates({"cases__standalone__preparation": 17})
    assert days(found.by_kind.loc["standalone"]) == [26, 26, 23, 23, None, None]
    assert days(dates({"cases__standalone__preparation": 15}).by_kind.loc["standalone"])[-1] == 2


def test_responsible_units_have_their_own_meetings_and_kinds_their_own_rows():
    orgs = [organization("a", responsible="A"), organization("b", responsible="B"), organization("u", 1, "A"),
            organization("host", 5, "B", has_branch=True, host_capacity=1)]  # fmt: skip
    found = dates(
        {"committee__by_responsible": {"B": {"weekdays": ["Thu"]}}}, *orgs, grouping=placed(("u", "host", "host"))
    )
    assert found.table.index.tolist() == [("A", "standalone"), ("B", "standalone"), ("B", "attached")]
    assert [found.table.loc[(responsible, "standalone"), "meeting_50"].day for responsible in "AB"] == [24, 26]
    assert [kind for kind in KINDS if kind in found.by_kind.index] == found.by_kind.index.tolist()


def test_the_last_safe_day_is_the_latest_that_enough_allow():
    allowed = np.array([[3, 5, 5, 7, 9, 9, 9, 9, 9, 20]])
    for level in (EVEN, SAFE, 0.1, 1.0):
        enough = [day for day in range(30) if (allowed >= day).mean() >= level]
        assert _safe(allowed, level) == max(enough)


def test_the_summary_in_both_languages():
    """An election of three days: the meeting on Tuesday the 31st is too late; nothing is filed for outreach."""
    found = dates(None, organization("a"), organization("b"), organization("c", 0))
    assert found.summary().splitlines() == [
        "To count by 2027-08-31, no later than (at even odds, in brackets nine times in ten; without queues, "
        "durations of 20 replications):",
        "  standalone (2 cases): dispatch 2027-08-19 [2027-08-19], filing 2027-08-23 [2027-08-23], "
        "meeting 2027-08-26 [2027-08-26]",
        "  outreach (1 case): dispatch 2027-08-31 [2027-08-31]",
        "Of the responsible units' 5 meetings by then 1 comes too late at even odds for the kind that closes first",
    ]
    with in_language("zh"):
        chinese = found.summary()
    assert "单独组建（2 件）：派驻 2027-08-19 [2027-08-19]，报批 2027-08-23 [2027-08-23]，上会" in chinese
    assert "先建群团（1 件）：派驻 2027-08-31 [2027-08-31]" in chinese


def test_the_summary_where_no_day_is_early_enough_or_nobody_decides():
    never = dates({"committee__agenda": 0}).summary()
    assert "dispatch no day is early enough [no day is early enough]" in never
    direct = dates({"cases__standalone__approval": "none", "cases__standalone__election": None}).summary()
    assert direct.splitlines()[1:] == [
        "  standalone (1 case): dispatch 2027-08-27 [2027-08-27], filing 2027-08-31 [2027-08-31]"
    ]


@pytest.mark.parametrize("orgs", [[], [organization("a", has_branch=True)]], ids=["no organization", "no case"])
def test_without_cases_the_tables_are_empty_and_typed(orgs):
    full, given = dates(), register(organization("b"), *orgs)
    found = last_safe_dates(given.drop(index="b"), scenario())
    for name in ("by_kind", "table"):
        assert getattr(found, name).empty
        assert getattr(found, name).dtypes.equals(getattr(full, name).dtypes)
    assert found.first_to_close is None
    assert found.summary() == "There are no cases, and no dates to keep before 2027-08-31"


def test_replications_must_be_some():
    with pytest.raises(ValueError, match="replications = 0"):
        dates(replications=0)


# --- Meetings on demand ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lead", [1, 3, 6])
@pytest.mark.parametrize("notice", [0, 2, 4])
def test_a_meeting_called_on_demand_hears_whoever_files_early_enough(lead, notice):
    """One case, no regular meeting left: opened on its last safe day it is formed in time, a working day later not."""
    city = register(organization("A"))
    rules = scenario(
        cases__standalone__election=5, instructors__total=1, committee__notice=notice,
        committee__first="2027-07-20", committee__every_weeks=40, committee__on_demand={"cases": 1, "lead": lead},
    )  # fmt: skip
    without = last_safe_dates(city, rules.replace("committee.on_demand", None), replications=2)
    assert without.by_kind["dispatch_50"].isna().all()
    found = last_safe_dates(city, rules, replications=2)
    row = found.by_kind.loc["standalone"]
    # The meeting on Tuesday the 24th, five working days before the deadline; filed as long before as it takes.
    calendar = Calendar.of(rules.calendar)
    meeting = calendar.day_from(row["meeting_50"].date())
    assert row["meeting_50"] == row["possible"] == pd.Timestamp("2027-08-24")
    assert calendar.day_from(row["filing_50"].date()) == meeting - max(lead, notice)
    assert found.table.loc[("S", "standalone"), "meeting_90"] == row["meeting_50"]
    opening = calendar.day_from(row["dispatch_50"].date())
    for day, formed in ((opening, 1.0), (opening + 1, 0.0)):
        opened = rules.replace("calendar.formation_opens", calendar.date_of(day))
        assert simulate(city, opened, replications=2).cases["p_formed"].iloc[0] == formed
