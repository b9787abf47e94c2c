"""A responsible unit of one replication as a planner reads it: who worked on what, what was heard, what waited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from workbench.labels import text
from workbench.numbers import decimal, short_date
from workbench.simulation.tracing import replay
from workbench.views.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MIST,
    ORANGE,
    PURPLE,
    SILVER,
    SKY,
    SMALL_SIZE,
    VERMILLION,
    AxisMark,
    canvas,
    drawing,
    halo,
    heading,
    legend_below,
    marks_above,
    nothing,
    predicted,
    settle,
    short,
    width,
)

if TYPE_CHECKING:
    from workbench.inputs.scenario import Calendar
    from workbench.simulation.tracing import Trace

#: Slots and waits that a picture holds: the busiest and the longest, where there are more.
MOST_SLOTS, MOST_WAITS = 24, 30

#: A slot's row is a bar and, under it, as many lanes as its cases need for what follows; in units of a bar.
LANE, GAP, INCHES = 0.42, 0.4, 0.15

#: Points: the identifiers on bars.
ID_SIZE = 6.5

OUTREACH = "outreach"
STATES = ("election", "committee", "preparation", "slot", "abandoned")
REASONS = ("agenda", "notice", "none", "next")
MISSED = REASONS[:3]


class _Look(NamedTuple):
    colour: str
    hatch: str


#: Colour and hatch of each kind: either alone tells them apart.
LOOKS = {
    "standalone": _Look(BLUE, ""),
    "assisted": _Look(SKY, "////"),
    "joint": _Look(ORANGE, "\\\\\\\\"),
    "attached": _Look(PURPLE, "xxxx"),
    OUTREACH: _Look(SILVER, "...."),
}


def gantt(
    trace: Trace, responsible: str | None = None, ax: Axes | None = None, *, calendar: Calendar | None = None
) -> Axes:
    """One responsible unit of one replication: slots as rows, cases as bars, meetings as lines, and what waited and
    why.

    A bar is an attempt. Where it succeeds, a thin tail under it leads from the filing over the approval to the
    formation; a ring is a case that is not formed by the deadline. Under the slots, a line each, stand the
    waits for an instructor. Of more than 24 slots with work the busiest are shown, of more than 30 waits the
    longest; the counts in the words are always those of the whole responsible unit.

    Parameters
    ----------
    trace
        what `workbench.trace` gave.
    responsible
        by default the one with the most cases that are not formed by the deadline.
    ax
        axes to draw into; None makes a picture of its own.
    calendar
        for dates on the axis; without it, working days are numbered. `Outcome.calendar` is one, and
        ``Calendar.of(scenario.calendar)``.

    Returns
    -------
    Axes : bars carry the gids ``bar/<case>/<attempt>``; lines ``wait/<case>/<attempt>``, ``committee/<case>`` and
        ``election/<case>``; markers ``formed/<case>``, ``late/<case>``; meetings ``mark/meeting/<day>``. In working
        days.

    Raises
    ------
    ValueError
        the trace has no such responsible unit.
    """
    known = set(trace.cases["responsible"]) | set(trace.slots["responsible"])
    if responsible is not None and responsible not in known:
        raise ValueError(text("error.trace_responsible", responsible=responsible))
    if responsible is None and known:
        responsible = _latest(trace, known)
    with drawing():
        if responsible is None or not (story := _ResponsibleUnit(trace, responsible)).cases.size:
            ax = canvas(ax)
            nothing(ax, text("figure.gantt.no_case"))
            return ax
        rows, lanes, floor = _rows(story)
        ax = canvas(ax, 2.0 + INCHES * floor)
        ax.set_ylim(floor, -0.3)
        right = max(story.deadline, story.last) + 0.4
        ax.set_xlim(story.first - 0.4, right)
        _axes(ax, story, rows, calendar)
        legend_below(ax, _legend(story))
        heading(ax, *_answer(story, calendar, len(rows)))
        settle(ax)
        _bars(ax, story, rows)
        _tails(ax, story, rows, lanes)
        _waits(ax, story, floor)
        marks_above(ax, _marks(story, calendar, right))
    return ax


def _latest(trace: Trace, known: Collection[str]) -> str:
    """The responsible unit with the most cases that are not formed by the deadline; of several the first by name."""
    late = (trace.cases["kind"] != OUTREACH) & ~(trace.cases["formed"] < _deadline(trace))
    counts = trace.cases.loc[late, "responsible"].value_counts()
    return max(sorted(known), key=lambda name: counts.get(name, 0))


def _deadline(trace: Trace) -> float:
    """The end of the day of the deadline."""
    return float(trace.settings["deadline_day"] + 1)


# --- What happened ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _ResponsibleUnit:
    """What happened in a responsible unit, as it stands at the deadline. Times are working-day times."""

    trace: Trace
    responsible: str

    @cached_property
    def deadline(self) -> float:
        return _deadline(self.trace)

    @cached_property
    def work(self) -> pd.DataFrame:
        """Every attempt, and where a case waits for one that never came."""
        return replay(self.trace, self.responsible)

    @cached_property
    def slots(self) -> pd.DataFrame:
        return self.trace.slots[self.trace.slots["responsible"] == self.responsible].reset_index(drop=True)

    @cached_property
    def cases(self) -> pd.DataFrame:
        """By case, with ended (its last attempt), state and why it waited for the committee."""
        cases = self.trace.cases[self.trace.cases["responsible"] == self.responsible].set_index("case")
        last = self.work.groupby("case").last().reindex(cases.index)
        cases = cases.assign(ended=last["end"], slot=last["slot"])
        by, missing = self.deadline, cases["attempts"] >= cases["max_attempts"]
        given_up = missing & (cases["ended"] < by) & cases["filed"].isna() & cases["mass_org"].isna()
        filed = cases["filed"] < by
        state = np.select(
            [
                cases["formed"] < by,
                (cases["approved"] < by) | (filed & (cases["approval"] == "none")),
                filed,
                given_up,
                cases["dispatched"] < by,
            ],
            ["formed", "election", "committee", "abandoned", "preparation"],
            "slot",
        )
        return cases.assign(state=state, why=[self._why(case) for case in cases.to_dict("records")])

    def _why(self, case: dict[Any, Any]) -> str:
        """Why a filed case waited: the first of `REASONS` that holds; nothing where it did not."""
        filed, heard = case["filed"], case["approved"]
        if case["approval"] != "committee" or not filed < self.deadline or heard == filed:
            return ""
        notice = self.trace.settings["notice"]
        days = [on for on in self.meetings["day"] if filed <= on < self.deadline]
        in_time = [on for on in days if on >= filed + notice]
        if not in_time:
            return "none"
        if heard != in_time[0]:
            return "agenda"
        return "notice" if len(in_time) < len(days) else "next"

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """Meetings, with how many cases each heard."""
        meetings = self.trace.meetings[self.trace.meetings["responsible"] == self.responsible]
        committee = self.trace.cases["approval"] == "committee"
        approved = self.trace.cases.loc[committee & (self.trace.cases["responsible"] == self.responsible), "approved"]
        return meetings.assign(heard=[int((approved == on).sum()) for on in meetings["day"]])

    @cached_property
    def formation(self) -> pd.DataFrame:
        """The cases that end in a branch."""
        return self.cases[self.cases["kind"] != OUTREACH]

    @cached_property
    def late(self) -> pd.DataFrame:
        return self.formation[self.formation["state"] != "formed"]

    @cached_property
    def waits(self) -> pd.DataFrame:
        """Waits for an instructor up to the deadline: case, kind, attempt, begin, end, started, length.

        What matters most comes last: who waits still, then who is to be formed, then who waited longest.
        """
        work = self.work
        waits = work.loc[work["start"] > work["waits_from"], ["case", "kind", "attempt", "waits_from", "start"]]
        waits = waits.rename(columns={"waits_from": "begin", "start": "end"})
        cases = self.cases
        again = (cases["ended"] + cases["retry_delay"]).where(cases["attempts"] > 0, cases["release"])
        more = (cases["attempts"] < cases["max_attempts"]) & cases["filed"].isna() & cases["mass_org"].isna()
        still = cases[more & (again < self.deadline)]
        still = still.assign(attempt=still["attempts"] + 1, begin=again[still.index], end=np.inf).reset_index()
        both = [waits, still[list(waits.columns)]]
        waits = pd.concat([part for part in both if len(part)] or both, ignore_index=True)
        waits = waits[waits["begin"] < self.deadline]
        waits = waits.assign(started=waits["end"] < self.deadline, end=waits["end"].clip(upper=self.deadline))
        length = waits["end"] - waits["begin"]
        waits = waits.assign(length=length, matters=(waits["kind"] != OUTREACH) + 2 * ~waits["started"])
        return waits.sort_values(["matters", "length", "case"], ignore_index=True)

    @cached_property
    def first(self) -> float:
        return float(np.floor(np.nanmin([self.cases["release"].min(), self.slots["start"].min()])))

    @cached_property
    def last(self) -> float:
        """Nothing after it is drawn."""
        times = self.cases[["filed", "approved", "formed", "mass_org"]].max().max()
        end = float(self.trace.settings["horizon_day"] + 1)
        return min(end, float(np.nanmax([times, self.work["end"].max(), self.deadline])))


# --- The picture --------------------------------------------------------------------------------------------


def _rows(story: _ResponsibleUnit) -> tuple[dict[int, float], dict[str, int], float]:
    """Where each slot's bar begins from the top, in which lane each case's tail runs, and where the floor is."""
    days = (story.work["end"] - story.work["start"]).groupby(story.work["slot"])
    formation = (story.work["kind"] != OUTREACH).groupby(story.work["slot"])
    busy = pd.DataFrame({"formation": formation.sum(), "days": days.sum()})
    busiest = busy.sort_values(["formation", "days"], ascending=False, kind="stable").index[:MOST_SLOTS]
    tails = story.cases[_has_tail(story)].sort_values("ended", kind="stable")
    tails = tails.assign(until=tails["formed"].fillna(story.last))
    rows: dict[int, float] = {}
    lanes: dict[str, int] = {}
    top = 0.0
    for slot in sorted(busiest.tolist()):
        rows[slot] = top
        taken: list[float] = []
        of_slot = tails[tails["slot"] == slot]
        for case, begin, end in zip(of_slot.index, of_slot["ended"].tolist(), of_slot["until"].tolist(), strict=True):
            lane = next((k for k, until in enumerate(taken) if until + 0.3 < begin), len(taken))
            taken[lane:] = [end, *taken[lane + 1 :]]
            lanes[str(case)] = lane
        top += 1 + LANE * len(taken) + GAP
    waits = min(len(story.waits), MOST_WAITS)
    return rows, lanes, top + (0.6 + LANE * waits if waits else 0.0)


def _has_tail(story: _ResponsibleUnit) -> pd.Series:
    """Filed, or between a failed attempt and the next when the deadline comes."""
    cases = story.cases
    waiting = cases.index.isin(story.waits.loc[~story.waits["started"], "case"])
    between = (cases["state"] == "preparation") & (cases["ended"] < story.deadline) & ~waiting
    return (cases["filed"].notna() | between) & (cases["kind"] != OUTREACH)


def _bars(ax: Axes, story: _ResponsibleUnit, rows: dict[int, float]) -> None:
    scale = ax.get_window_extent().width / (ax.get_xlim()[1] - ax.get_xlim()[0]) / ax.figure.dpi * 72
    for each in story.work.to_dict("records"):
        if each["slot"] not in rows:
            continue
        top, start, end = rows[each["slot"]], each["start"], min(each["end"], story.last)
        look, gid = LOOKS[each["kind"]], f"{each['case']}/{each['attempt']}"
        failed = not each["success"] and each["end"] <= story.last
        face, edge = ("white", look.colour) if failed else (look.colour, "white")
        bar = ax.barh(top + 0.5, end - start, left=start, height=1.0, facecolor=face, edgecolor=edge, lw=0.7)[0]
        bar.set(hatch=look.hatch or None, gid=f"bar/{gid}")
        if failed:
            colour = GREY if each["kind"] == OUTREACH else VERMILLION
            ax.plot(end, top + 0.5, marker="x", ms=4.5, mew=1.4, color=colour, zorder=4, gid=f"failed/{gid}")
        elif each["kind"] == OUTREACH and each["end"] <= story.last:
            ax.plot(end, top + 0.5, marker="s", ms=4.5, color=GREEN, zorder=4, gid=f"founded/{each['case']}")
        name = short(str(each["case"]), 14)
        if width(name) * ID_SIZE * 0.62 + 6 < (end - start) * scale:
            at = (start + end) / 2
            ax.text(at, top + 0.5, name, ha="center", va="center_baseline", size=ID_SIZE, zorder=3, path_effects=halo())


def _tails(ax: Axes, story: _ResponsibleUnit, rows: dict[int, float], lanes: dict[str, int]) -> None:
    """What follows an attempt: the committee, the election, the formation; and a ring where it comes too late."""
    waiting = set(story.waits.loc[~story.waits["started"], "case"])
    for case, is_ in story.formation.iterrows():
        if is_["slot"] not in rows:
            continue
        top = rows[is_["slot"]]
        ring: tuple[float, float] = (min(story.deadline, is_["ended"]), top + 0.5)
        if case in lanes:
            y = top + 1 + LANE * (lanes[str(case)] + 0.65)
            ring = (story.deadline, y) if is_["ended"] < story.deadline else ring
            if np.isnan(is_["filed"]):
                ax.plot([is_["ended"], story.deadline], [y, y], color=SILVER, lw=1.3, gid=f"again/{case}")
                _ring(ax, *ring, str(case))
                continue
            decided = is_["filed"] if is_["approval"] == "none" else is_["approved"]
            heard = story.last if np.isnan(decided) else decided
            ended = story.last if np.isnan(is_["formed"]) else is_["formed"]
            colour = VERMILLION if is_["why"] in MISSED else GREY
            ax.plot([is_["ended"]] * 2, [top + 1, y], color=colour, lw=0.8)
            ax.plot([is_["ended"], heard], [y, y], color=colour, lw=1.3, ls=(0, (1, 1)), gid=f"committee/{case}")
            if heard < ended:
                ax.plot([heard, ended], [y, y], color=GREEN, lw=1.6, gid=f"election/{case}", solid_capstyle="butt")
            if not np.isnan(is_["formed"]):
                ax.plot(is_["formed"], y, marker="D", ms=4.0, color=GREEN, mew=0, zorder=5, gid=f"formed/{case}")
        if is_["state"] != "formed" and case not in waiting:
            _ring(ax, *ring, str(case), given_up=is_["state"] == "abandoned")


def _ring(ax: Axes, at: float, y: float, case: str, *, given_up: bool = False) -> None:
    """A case that is not formed by the deadline; around the cross of the last attempt where it is given up."""
    size, fill = (9.0, "none") if given_up else (4.5, "white")
    ax.plot(at, y, marker="o", ms=size, mfc=fill, mec=VERMILLION, mew=1.4, zorder=5, gid=f"late/{case}")


def _waits(ax: Axes, story: _ResponsibleUnit, floor: float) -> None:
    """The longest waits for an instructor, in the order in which they ended."""
    shown = story.waits.tail(MOST_WAITS).sort_values(["end", "begin", "case"])
    for row, wait in enumerate(shown.to_dict("records")):
        y = floor - LANE * (len(shown) - row - 0.2)
        gid = f"wait/{wait['case']}/{wait['attempt']}"
        ax.plot([wait["begin"], wait["end"]], [y, y], color=LOOKS[wait["kind"]].colour, lw=2.0, gid=gid)
        if not wait["started"] and wait["kind"] != OUTREACH:
            _ring(ax, wait["end"], y, wait["case"])


def _axes(ax: Axes, story: _ResponsibleUnit, rows: dict[int, float], calendar: Calendar | None) -> None:
    at = [top + 0.5 for top in rows.values()]
    names = [text("figure.gantt.slot", number=slot + 1) for slot in rows]
    waits = min(len(story.waits), MOST_WAITS)
    if waits:
        floor = ax.get_ylim()[0]
        at.append(floor - LANE * waits / 2)
        names.append(text("figure.gantt.queue"))
        ax.axhline(floor - LANE * waits - 0.35, color=SILVER, lw=0.8)
    ax.set_yticks(at, names)
    ax.tick_params(axis="y", length=0, labelsize=SMALL_SIZE)
    ax.spines["left"].set_visible(False)
    days = range(int(story.first), int(np.ceil(story.last)))
    if calendar is None:
        weeks = [on for on in days if on % 5 == 0]
        words = [str(on) for on in weeks]
        ax.set_xlabel(text("figure.gantt.days"), fontsize=SMALL_SIZE)
    else:
        dates = calendar.dates(days.stop + 1)
        week_of = dates.isocalendar().week.to_numpy()
        weeks = [on for on in days if on == 0 or week_of[on] != week_of[on - 1]]
        words = [short_date(dates[on].date()) for on in weeks]
    step = -(-len(weeks) // 8) or 1
    ax.set_xticks(weeks[::step], words[::step])
    ax.grid(axis="x", color=MIST)


def _marks(story: _ResponsibleUnit, calendar: Calendar | None, right: float) -> list[AxisMark]:
    held = story.meetings[(story.meetings["day"] >= story.first) & (story.meetings["day"] < right)]
    key = "figure.gantt.meeting" if len(held) <= 12 else "figure.gantt.meeting_short"
    marks = [
        AxisMark(
            f"meeting/{on}",
            float(on),
            text(key, day=_day(int(on), calendar), heard=int(heard)),
            INK if heard else GREY,
        )
        for on, heard in zip(held["day"], held["heard"], strict=True)
    ]
    return [*marks, AxisMark("deadline", story.deadline, text("figure.gantt.deadline"), VERMILLION, "-")]


def _day(on: int, calendar: Calendar | None) -> str:
    return text("figure.gantt.day", number=on) if calendar is None else short_date(calendar.date_of(on))


# --- The words ----------------------------------------------------------------------------------------------


def _answer(story: _ResponsibleUnit, calendar: Calendar | None, shown: int) -> list[str]:
    """Title and notes: how many are formed, where the others are, what waited and why."""
    deadline = text("figure.gantt.the_deadline") if calendar is None else short_date(calendar.spec.deadline)
    formation, late = story.formation, story.late
    values = {"responsible": story.responsible, "deadline": deadline, "cases": len(formation)}
    title = text(
        "figure.gantt.title" if len(formation) else "figure.gantt.title_no_cases",
        formed=len(formation) - len(late),
        **values,
    )
    others = _counts("figure.gantt.state", STATES, late["state"])
    if others:
        title += text("figure.gantt.after_title") + others
    outreach = story.cases[story.cases["kind"] == OUTREACH]
    founded = int((outreach["mass_org"] < story.deadline).sum())
    one = text("figure.gantt.outreach" if len(outreach) else "figure.gantt.one", count=len(outreach), founded=founded)
    notes = [one, _waited(story)]
    reasons = _counts("figure.gantt.why", REASONS, formation["why"], notice=f"{story.trace.settings['notice']:.3g}")
    if reasons:
        notes.append(text("figure.gantt.waited_committee", reasons=reasons))
    slots, used = len(story.slots), story.work["slot"].nunique()
    if shown < slots:
        key = "figure.gantt.cut" if shown < used else "figure.gantt.unused_only"
        notes.append(text(key, shown=shown, slots=slots))
    if len(story.waits) > MOST_WAITS:
        cut = text("figure.gantt.queue_cut", shown=MOST_WAITS, count=len(story.waits))
        notes[1] += cut
    return [title, *notes, *predicted(None if calendar is None else calendar.predicted_in_sight)]


def _waited(story: _ResponsibleUnit) -> str:
    if story.waits.empty:
        return text("figure.gantt.waited_none")
    each = story.waits.groupby("case")["length"].sum()
    open_ = [((story.slots["start"] <= at) & (at < story.slots["stop"])).any() for at in story.waits["begin"]]
    why = "busy" if all(open_) else "absent" if not any(open_) else "busy_or_absent"
    return text(
        "figure.gantt.waited_slot",
        count=len(each),
        mean=decimal(each.mean()),
        longest=decimal(each.max()),
        why=text(f"figure.gantt.{why}"),
    )


def _counts(key: str, names: Sequence[str], found: pd.Series, **values: object) -> str:
    """What was found how often: "2 in election, 1 given up"."""
    counts = found.value_counts()
    parts = [text(f"{key}.{name}", count=counts[name], **values) for name in names if name in counts]
    return text("figure.gantt.comma").join(parts)


def _legend(story: _ResponsibleUnit) -> list[Artist]:
    kinds = set(story.cases["kind"])
    entries: list[Artist] = [
        Patch(facecolor=look.colour, edgecolor="white", hatch=look.hatch or None, label=text(f"kind.{kind}"))
        for kind, look in LOOKS.items()
        if kind in kinds
    ]
    cases, dots = story.formation, (0, (1, 1))
    ring = {"ls": "", "marker": "o", "ms": 4.5, "mfc": "white", "mec": VERMILLION, "mew": 1.4}
    others: list[tuple[str, bool | np.bool[bool], dict[str, Any]]] = [
        ("failed", not story.work["success"].all(), {"ls": "", "marker": "x", "ms": 4.5, "mew": 1.4, "c": VERMILLION}),
        ("before_committee", (cases["why"] == "next").any(), {"c": GREY, "lw": 1.3, "ls": dots}),
        ("missed", cases["why"].isin(MISSED).any(), {"c": VERMILLION, "lw": 1.3, "ls": dots}),
        ("in_election", (cases["election"] & cases["approved"].notna()).any(), {"c": GREEN, "lw": 1.6}),
        ("formed", cases["formed"].notna().any(), {"ls": "", "marker": "D", "ms": 4.0, "mew": 0, "c": GREEN}),
        ("late", not story.late.empty, ring),
        ("founded", story.cases["mass_org"].notna().any(), {"ls": "", "marker": "s", "ms": 4.5, "c": GREEN}),
        ("heard", not story.meetings.empty, {"c": INK, "lw": 0.8, "ls": ":"}),
    ]
    return entries + [Line2D([], [], label=text(f"figure.gantt.{name}"), **look) for name, seen, look in others if seen]
