"""The picture of one responsible unit shows what the trace holds, and the replay agrees with the trace."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.cities import DEADLINE_DAY, organization, register
from tests.cities import scenario as plain
from workbench.grouping import group
from workbench.inputs import Scenario, make_city
from workbench.inputs.scenario.calendar import Calendar
from workbench.labels import in_language
from workbench.simulation import Trace, trace
from workbench.simulation.tracing.replay import replay
from workbench.views import figures

#: The function has the module's name.
module = import_module("workbench.views.figures.gantt")

CHANGES = {
    "few": {"instructors.total": 4},
    "many": {"instructors.total": 40, "committee.agenda": 3},
    "work_first": {"instructors.total": 8, "discipline": "work_first", "committee.weekdays": ["Tue", "Fri"]},
    "fifo_at_once": {"instructors.total": 6, "discipline": "fifo", "cases.outreach.preparation": 0},
    "later": {"instructors.total": 6, "calendar.horizon": "2027-10-15", "cases.joint.approval": "direct"},
    "arrivals": {
        "instructors.total": 3,
        "instructors.arrivals": [{"responsible": None, "count": 2, "from": "2027-08-10"}],
    },
    "nobody": {"instructors.total": 0},
    "no_time": {"instructors.total": 5, "cases.standalone.preparation": 0, "cases.standalone.retry_delay": 0},
}


@pytest.fixture(scope="module", params=list(CHANGES))
def city(request) -> tuple[Trace, Calendar]:
    """One replication of a city of four responsible units."""
    table = make_city(110, 4, seed=len(request.param))
    changes = CHANGES[request.param]
    for arrival in changes.get("instructors.arrivals", []):
        arrival["responsible"] = table["responsible"].iloc[0]
    scenario = Scenario().replace(changes)
    return trace(table, scenario, group(table, scenario, method="nearest")), Calendar.of(scenario.calendar)


def marked(ax, prefix: str) -> dict:
    """Artists by what follows the prefix in their gid."""
    found = ax.get_figure().findobj(lambda artist: str(artist.get_gid()).startswith(f"{prefix}/"))
    return {artist.get_gid().removeprefix(f"{prefix}/"): artist for artist in found}


def title(ax) -> str:
    return next(each.get_text() for each in ax.get_figure().findobj(Text) if each.get_gid() == "title")


# --- The replay ---------------------------------------------------------------------------------------------


def test_the_replay_agrees_with_the_trace(city):
    shown, _ = city
    work, cases = replay(shown), shown.cases.set_index("case")
    horizon = shown.settings["horizon_day"] + 1
    first = work[work["attempt"] == 1].set_index("case")["start"].reindex(cases.index)
    np.testing.assert_array_equal(first, cases["dispatched"])
    done = work[work["success"] & (work["end"] < horizon)].set_index("case")["end"].reindex(cases.index)
    np.testing.assert_array_equal(done, cases["filed"].fillna(cases["mass_org"]))
    started = work.groupby("case").size().reindex(cases.index, fill_value=0)
    np.testing.assert_array_equal(started, cases["attempts"])


def test_a_slot_does_one_thing_at_a_time_within_its_window(city):
    shown, _ = city
    for (responsible, slot), work in replay(shown).groupby(["responsible", "slot"]):
        window = shown.slots[shown.slots["responsible"] == responsible].iloc[slot]
        assert (work["start"] >= window["start"]).all()
        assert (work["start"] < window["stop"]).all()
        assert (work["start"].to_numpy()[1:] >= work["end"].to_numpy()[:-1]).all()


def test_the_least_idle_slot_takes_the_first_case():
    table = register(*(organization(f"A{number}") for number in range(3)))
    shown = trace(table, plain(instructors__total=1, cases__standalone__preparation=2))
    work = replay(shown)
    assert work["slot"].tolist() == [0, 1, 0]
    assert work["start"].tolist() == [12.0, 12.0, 14.0]
    assert work["waits_from"].tolist() == [12.0, 12.0, 12.0]
    assert work["case"].tolist() == shown.cases.sort_values("rank")["case"].tolist()


# --- The picture --------------------------------------------------------------------------------------------


def test_bars_and_tails_are_those_of_the_trace(city, monkeypatch):
    shown, calendar = city
    monkeypatch.setattr(module, "MOST_SLOTS", 10_000)
    monkeypatch.setattr(module, "MOST_WAITS", 10_000)
    deadline = shown.settings["deadline_day"] + 1
    for responsible, cases in list(shown.cases.groupby("responsible"))[:2]:
        ax = figures.gantt(shown, responsible, calendar=calendar)
        cases = cases.set_index("case")
        work = replay(shown, responsible)
        bars = marked(ax, "bar")
        assert set(bars) == {f"{case}/{attempt}" for case, attempt in zip(work["case"], work["attempt"], strict=True)}
        for each in work.to_dict("records"):
            bar = bars[f"{each['case']}/{each['attempt']}"]
            assert bar.get_x() == each["start"]
            assert bar.get_x() + bar.get_width() == pytest.approx(min(each["end"], ax.get_xlim()[1] - 0.4))
            assert (bar.get_hatch() or "") == module.LOOKS[each["kind"]].hatch
        formed = marked(ax, "formed")
        assert {case: line.get_xdata()[0] for case, line in formed.items()} == cases["formed"].dropna().to_dict()
        for case, line in marked(ax, "committee").items():
            assert line.get_xdata()[0] == cases.loc[case, "filed"]
            decided = cases.loc[case, "filed" if cases.loc[case, "approval"] == "none" else "approved"]
            assert np.isnan(decided) or line.get_xdata()[1] == decided
        late = cases.index[(cases["kind"] != "outreach") & ~(cases["formed"] < deadline)]
        assert set(marked(ax, "late")) == set(late)
        waited = {f"{case}/{n}" for case, n in work.loc[work["start"] > work["waits_from"], ["case", "attempt"]].values}
        ended = {key for key, line in marked(ax, "wait").items() if line.get_xdata()[1] < deadline}
        later = {
            key
            for key in waited
            if work.set_index(work["case"] + "/" + work["attempt"].astype(str)).loc[key, "start"] >= deadline
        }
        assert ended == waited - later


def test_meetings_say_how_many_they_heard(city):
    shown, calendar = city
    responsible = shown.cases["responsible"].iloc[0]
    ax = figures.gantt(shown, responsible, calendar=calendar)
    names = marked(ax, "name")
    heard = shown.cases[(shown.cases["responsible"] == responsible) & (shown.cases["approval"] == "committee")]
    for key, line in marked(ax, "mark").items():
        if key != "deadline":
            day = line.get_xdata()[0]
            assert names[key].get_text().endswith(str((heard["approved"] == day).sum()))
    assert marked(ax, "mark")["deadline"].get_xdata()[0] == shown.settings["deadline_day"] + 1


@pytest.mark.parametrize("dated", [True, False])
def test_in_both_languages_nothing_missing_or_overlapping(city, either_language, dated):
    """Warnings are errors here, and a missing glyph is one."""
    shown, calendar = city
    ax = figures.gantt(shown, calendar=calendar if dated else None)
    assert figures.png(ax)[:4] == b"\x89PNG"
    assert ("截止日" if either_language == "zh" else "the deadline") in title(ax) or dated
    figure = ax.get_figure()
    words = [*marked(ax, "name").values(), *figure.texts, *ax.get_legend().get_texts()]
    boxes = [each.get_window_extent() for each in words]
    for one, other in combinations(boxes, 2):
        assert min(one.x1, other.x1) <= max(one.x0, other.x0) or min(one.y1, other.y1) <= max(one.y0, other.y0) + 2
    for box in boxes:
        assert box.x0 >= -1
        assert box.x1 <= figure.bbox.x1 + 1
        assert box.y1 <= figure.bbox.y1 + 1


def test_the_title_counts_and_says_why():
    """Three cases, a slot each, and a meeting that hears one: the others wait for the next, which never comes."""
    table = register(*(organization(f"A{number}") for number in range(3)))
    changes = {"instructors__total": 2, "committee__agenda": 1, "committee__every_weeks": 2, "committee__notice": 0}
    rules = plain(**changes)
    with in_language("en"):
        ax = figures.gantt(trace(table, rules), calendar=Calendar.of(rules.calendar))
    heard = sum(int(each.get_text().split(": ")[1]) for key, each in marked(ax, "name").items() if "meeting" in key)
    assert title(ax) == f"S: {heard} of 3 cases formed by 31 Aug; {3 - heard} before the committee"
    said = "\n".join(each.get_text() for each in ax.get_figure().texts)
    assert "agenda full" in said
    assert "No case waited for an instructor" in said


def test_only_the_busiest_slots_are_drawn_and_the_picture_says_so():
    table = register(*(organization(f"A{number:02}") for number in range(60)))
    shown = trace(table, plain(instructors__total=30))
    with in_language("en"):
        ax = figures.gantt(shown)
    assert len([tick for tick in ax.get_yticklabels() if tick.get_text().startswith("slot")]) == module.MOST_SLOTS
    assert "The 24 slots with most formation work are shown, of 60" in [
        each.get_text() for each in ax.get_figure().texts
    ]
    assert title(ax).startswith(f"S: {int((shown.cases['formed'] < DEADLINE_DAY + 1).sum())} of 60")


def test_responsible_units_without_cases_and_unknown_ones():
    table = register(organization("A1", has_branch=True, responsible="done"), organization("A2", responsible="S"))
    shown = trace(table, plain(instructors__total=1))
    with pytest.raises(ValueError, match="nowhere"):
        figures.gantt(shown, "nowhere")
    empty = Trace(shown.cases.iloc[:0], shown.slots.iloc[:0], shown.meetings.iloc[:0], shown.settings)
    assert "nothing" in {each.get_gid() for each in figures.gantt(empty).texts}


def test_draws_into_axes_given_and_leaves_settings_alone(city):
    before = dict(mpl.rcParams)
    left, right = Figure(figsize=(16, 8), layout="constrained").subplots(1, 2)
    assert figures.gantt(city[0], ax=left, calendar=city[1]) is left
    assert not right.has_data()
    assert dict(mpl.rcParams) == before
    assert isinstance(replay(city[0]), pd.DataFrame)
