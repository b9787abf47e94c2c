"""Every number of the Word file that the workbook does not have is recomputed: tables, key figures, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

import workbench as wb
from tests.functional import second_methods
from tests.functional.handed_in import (
    FORMING,
    KINDS,
    RUNS,
    Handed,
    by,
    column,
    hold,
    in_time,
    in_word,
    meetings,
    numbers,
    sheet,
)
from tests.functional.test_every_number_of_the_workbook import last_days, measures
from workbench.labels import in_language, text
from workbench.numbers import chance_words, date_words, odds, percent
from workbench.views.formats.blocks import written_as


@pytest.fixture(autouse=True)
def english():
    with in_language("en"):
        yield


def wilson(hits: int) -> tuple[float, float, float]:
    share, z = hits / RUNS, 1.959963984540054
    middle = (share + z * z / (2 * RUNS)) / (1 + z * z / RUNS)
    half = z / (1 + z * z / RUNS) * np.sqrt(share * (1 - share) / RUNS + z * z / (4 * RUNS * RUNS))
    return share, max(0.0, middle - half), min(1.0, middle + half)


def words_of(hits: int) -> str:
    return chance_words(wilson(int(hits)), RUNS)


def card_of(hits: int) -> str:
    share, low, high = wilson(int(hits))
    return f"{percent(share)} 95% {percent(low)} {percent(high)}" if hits else f"0 {odds(0.0, RUNS)}"


def units_without(handed: Handed) -> int:
    found = handed.register
    return int((~found["has_branch"] & ~found["dormant"] & (found["full_members"] == 0)).sum())


def dormant(handed: Handed) -> int:
    return int((handed.register["dormant"] & ~handed.register["has_branch"]).sum())


def test_conventions(handed, simulated):
    said = {
        "From when a branch counts: its approval": {"policy.counted_from": "approved"},
        "How often committees meet: every 1 week": {"committee.every_weeks": 1},
        "How often committees meet: every 4 weeks": {"committee.every_weeks": 4},
        "Who counts as a member: members on roll only": {"policy.member_basis": "on_roll"},
        "Who counts as a member: those on roll and floating ones": {"policy.member_basis": "floating"},
        "What two members form: part of a joint branch": {"policy.two_members": "joint"},
        "Of which organizations coverage is a share: all but dormant ones": {"policy.denominator": "active"},
    }
    present = simulated({}).expected
    hold(in_word(handed, "if instead"), ("if instead",), {
        "ceiling": ("share", lambda key: simulated(said[key]).ceiling),
        "expected": ("share", lambda key: simulated(said[key]).expected),
        "points gained": ("points", lambda key: simulated(said[key]).expected - present),
        "chance of target": ("number", lambda key: odds(simulated(said[key]).chance, RUNS)),
    })  # fmt: skip


def test_tables_of_the_word_file(handed, units, safe):
    found, counts, cases = by(units, "responsible"), in_time(handed), handed.outcome.cases
    of = found["organizations"]
    kinds = pd.crosstab(cases["responsible"], cases["kind"]).reindex(columns=list(KINDS), fill_value=0)
    kinds.loc["total"] = kinds.sum()
    units_to_form = units[(units["at_start"] == 0) & (units["dormant"] == 0) & (units["members"] > 0)]
    to_form = units_to_form.groupby("responsible").size().reindex(found.index, fill_value=0)
    to_form["total"] = len(units_to_form)
    short = np.ceil(of * 0.6 - 1e-9) - found["expected"]
    stages = handed.outcome.stages
    now = pd.Series(stages["instructors"].to_numpy(), stages["responsible"].to_numpy())
    now["total"] = now.sum()
    named = zip(("alone", "assisted", "joint", "attached", "mass org"), KINDS, strict=True)
    hold(in_word(handed, "responsible unit", "orgs"), ("responsible unit",), {
        "orgs": ("whole", of.get), "at the start": ("whole", column(found, "at_start")),
        "to form": ("whole", to_form.get),
        **{name: ("whole", column(kinds, kind)) for name, kind in named},
        "expected": ("days", column(found, "expected")), "possible": ("whole", column(found, "possible")),
        "short": ("days", short.get), "staff": ("whole", now.get),
    })  # fmt: skip
    held = meetings(handed)
    low, high = counts.quantile(0.05) / of, counts.quantile(0.95) / of
    hold(in_word(handed, "responsible unit", "organizations"), ("responsible unit",), {
        "organizations": ("whole", of.get), "at the start": ("whole", column(found, "at_start")),
        "ceiling": ("share", column(found, "ceiling")), "coverage": ("share", column(found, "coverage")),
        "5%": ("share", low.get), "95%": ("share", high.get), "work coverage": ("share", column(found, "work")),
        "meetings": ("whole", lambda key: len(held[key])), "meetings in time": ("whole", safe.meetings["in_time"].get),
    })  # fmt: skip
    total, kind = of["total"], units["kind"]
    ways = {
        "has a branch already": units["at_start"] == 1, "can form a branch of its own": kind == "standalone",
        "can form one with an instructor's help": kind == "assisted", "can form a joint branch": kind == "joint",
        "can join a host's branch": kind == "attached",
        "is dormant": (units["dormant"] == 1) & (units["at_start"] == 0),
        "has no member": (units["T0"] == 1) & (units["dormant"] == 0),
    }  # fmt: skip
    ways["needs a joint branch, and none takes it"] = ~pd.concat(ways, axis=1).any(axis=1)
    hold(in_word(handed, "how, or why not"), ("how, or why not",), {
        "organizations": ("whole", lambda key: ways[key].sum()),
        "share": ("share", lambda key: ways[key].sum() / total),
    })  # fmt: skip
    last = {name: in_time(handed, f"organizations_with_{part}").sum(axis=1) / total
            for name, part in (("organization coverage", "branch"), ("work coverage", "work"))}  # fmt: skip
    aims = {"organization coverage": 0.6, "work coverage": 1.0}
    hold(in_word(handed, "coverage"), ("coverage",), {
        "target": ("number", lambda key: f"{aims[key]:.0%}"), "expected": ("share", lambda key: last[key].mean()),
        "5%": ("share", lambda key: last[key].quantile(0.05)), "95%": ("share", lambda key: last[key].quantile(0.95)),
        "chance of target": ("number", lambda key: words_of((last[key] >= aims[key]).sum())),
    })  # fmt: skip
    cards = [cell.text.splitlines() for cell in handed.word.tables[0].rows[0].cells]
    coverage, work = last.values()
    assert [numbers(" ".join(card)) for card in cards] == [
        [percent(found["ceiling"]["total"]), str(found["possible"]["total"]), str(total)],
        numbers(" ".join([percent(coverage.mean()), "9 10", *map(percent, coverage.quantile([0.05, 0.95]))])),
        numbers(f"60% {card_of((coverage >= 0.6).sum())}"),
        numbers(f"{percent(work.mean())} 100% {odds(float((work >= 1).mean()), RUNS)}"),
    ]  # fmt: skip


def test_the_gap_and_what_it_is_made_of(handed, units, simulated, safe):
    gap = second_methods.gap(handed, units, simulated)
    rows = in_word(handed, "takes", "what").rows
    named = {text(f"gap.{part}"): part for part in gap.index}
    stages, waits = handed.outcome.stages, {}
    for stage, before in (("dispatch", None), ("approval", "preparation"), ("election", "approval")):
        days = stages["days"].sel(stage=stage, kind=list(FORMING)).sum().item()
        through = stages["cases"].sel(stage=stage, kind=list(FORMING)).sum().item()
        came = RUNS * len(handed.outcome.cases.query("kind != 'outreach'")) if before is None else (
            stages["cases"].sel(stage=before, kind=list(FORMING)).sum().item()
        )  # fmt: skip
        waits[stage] = f"{written_as(days / through, 'days')} {percent(1 - through / came)}"
    held = [len(days) for days in meetings(handed).values()]
    facts = [*waits.values(), written_as(np.mean(held), "days"), written_as(safe.meetings["in_time"].mean(), "days"),
             date_words(safe.by_kind["meeting_50"].min()), date_words(handed.outcome.deadline), "92.0% 78.0%",
             str(len(handed.grouping.left_out)), "16"]  # fmt: skip
    for row in rows:
        part = gap.loc[named[row["what"]]]
        assert numbers(row["takes"]) == numbers(written_as(part["points"], "points"))
        known = {each for fact in facts for each in numbers(fact)}
        known |= {each for name in ("alone", "last") for each in numbers(written_as(part[name], "points"))}
        known |= {str(units_without(handed)), str(dormant(handed))}
        assert set(numbers(row["how"])) <= known, row


def test_every_number_of_every_sentence(handed, units, simulated, safe, sent):
    """Of the Word file and of the workbook's cover; but version, seed and fingerprints."""
    register, scenario, outcome = handed.register, handed.scenario, handed.outcome
    found, counts, cases = by(units, "responsible").loc["total"], in_time(handed).sum(axis=1), outcome.cases
    reached = int((counts >= np.ceil(len(register) * 0.6)).sum())
    now = int(outcome.stages["instructors"].sum())
    months = (outcome.calendar.deadline_day + 1 - outcome.calendar.instructors_open) / 21.75
    founded = float(cases.loc[cases["kind"].isin(("standalone", "assisted", "joint")), "p_formed"].sum())
    salaries, start_up = 300 * months * now, 2000 * founded
    held = safe.meetings.sum()
    forming = cases[cases["kind"] != "outreach"]
    single = forming["kind"].isin(("standalone", "assisted")).mean()
    waiting = int(((units["kind"] == "joint") | (units["kind"] == "attached")).sum())
    left = int(((units["T1"] == 1) & (units["dormant"] == 0)).sum()) - waiting
    bare = register["dormant"] & ~register["has_branch"] & ~register["has_instructor"] & ~register["has_mass_org"]
    best, sets = second_methods.package_chosen(handed), measures(scenario)
    names = best["measures together"].split(" + ")
    again = second_methods.on_fresh(handed, {path: value for name in names for path, value in sets[name].items()})
    every = dict(cases["responsible"].value_counts())
    plenty = wb.simulate(register, scenario.replace("instructors.by_responsible", {
        unit: int(every.get(unit, 1)) for unit in register["responsible"].unique()
    }), handed.grouping, replications=RUNS, seed=3)  # fmt: skip
    ways = sent.before, sent.after
    facts = [
        # the city and its campaign
        len(register), register["responsible"].nunique(), date_words(scenario.calendar.start),
        date_words(outcome.deadline, year=True), "60% 100% 50% 90%",
        *(f"{found[name]:,.0f}" for name in ("members", "at_start", "T3", "T2", "T1", "T0", "dormant", "possible")),
        units_without(handed), dormant(handed), int(bare.sum()), percent(1 - bare.mean()),
        # the answer
        percent(found["ceiling"]), percent(found["coverage"]), percent(found["work"]), words_of(reached),
        int(np.ceil(len(register) * 0.6) - found["possible"]), RUNS, "95%",
        # tasks, joint branches, meetings
        len(forming), percent(single), percent(1 - single), len(units[(units["T3"] == 1) & (units["dormant"] == 0)]),
        waiting, left, waiting + left, handed.grouping.assignment.groupby(["facility_kind", "facility_id"]).ngroups,
        held["meetings"], held["meetings"] - held["in_time"], date_words(safe.by_kind["meeting_50"].min()),
        # money
        f"{salaries + start_up:,.0f} {salaries:,.0f} {start_up:,.0f} {founded:.1f} 300 2,000", now,
        # measures: the best package on fresh replications; the sets that were tried; who decides until when
        percent(best["expected"]), words_of(round(again.chance * RUNS)), best["number"], 2 ** len(sets), "90%",
        *(date_words(day) for day in last_days(safe) if day is not pd.NaT),
        # instructors: one for each case, and those there are sent otherwise
        percent(plenty.expected()), chance_words(plenty.probability(), RUNS), int(sent.recommended.sum()),
        *(each for way in ways for each in (percent(way.expected), percent(way.work), words_of(way.chance * RUNS))),
        *(written_as(getattr(ways[1], name) - getattr(ways[0], name), "points") for name in ("expected", "work")),
    ]  # fmt: skip
    known = {each for fact in facts for each in numbers(str(fact))}
    # No set is enough: the best is named, and the present plan does not get there by its last day.
    assert f"The best: {best['measures together']}, expected" in "\n".join(each.text for each in handed.word.paragraphs)
    # Sentences, notes and captions (but their own numbers); the cover, and what stands above and below every sheet.
    said = [each.text for each in handed.word.paragraphs if each.style.name == "Normal"]
    captions = [each.text for each in handed.word.paragraphs if each.style.name == "Caption"]
    said += [re.sub(r"^(Table|Figure) \d+ · ", "", each) for each in captions]
    assert len(captions) > 15
    said += [row[0] for row in handed.book[text("sheet.cover")].iter_rows(min_row=2, max_col=1, values_only=True)]
    for page in handed.book.worksheets[1:]:
        said += [page["A1"].value, page["A2"].value, *below(page)]
    own = ("Fingerprints", "Workbench 0", "40 replications, seed")
    unexplained = {
        (each, words) for words in said if words and not words.startswith(own) for each in numbers(words)
        if each not in known and not re.match(r"\d+  ", words)
    }  # fmt: skip
    assert sorted(unexplained) == []
    assert sum(len(numbers(words)) for words in said if words) > 60


def below(page: Any) -> list[str]:
    """The sentences below a sheet's table: what stands alone in its row."""
    rows = [[cell for cell in row if cell is not None] for row in page.iter_rows(min_row=4, values_only=True)]
    return [row[0] for row in rows if len(row) == 1 and isinstance(row[0], str)]


def test_every_parameter_is_the_scenario_s(handed):
    """As it stands there: shares in per cent, laws by their parameters, dates."""
    whole = handed.scenario.model_dump(mode="json", by_alias=True)

    def of(path: str) -> set[float]:
        value: Any = whole
        for part in path.split("."):
            value = value[part]
        return set(flat(value))

    count = 0
    for row in sheet(handed, "parameters").rows:
        for each in numbers(str(row["value"])):
            value = float(each.rstrip("%").replace(",", ""))
            value = value / 100 if each.endswith("%") else value
            assert any(value == pytest.approx(other) for other in of(row["key in the scenario"])), row
            count += 1
    assert count > 60
    # The Word file has the same parameters, section by section.
    rows = [[cell.text for cell in row.cells] for table in handed.word.tables for row in table.rows]
    known = [row for row in rows if len(row) == 4]
    wanted = [[row[name] or "" for name in ("parameter", "value", "mark", "where from")]
              for row in sheet(handed, "parameters").rows]  # fmt: skip
    begin = known.index(["parameter", "value", "mark", "where from"])
    assert [row for row in known[begin:] if row[0] != "parameter"] == wanted


def flat(value: Any) -> Iterator[float]:
    """The numbers in a value of a scenario, however deep."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from flat(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from flat(each)
    elif isinstance(value, str):
        yield from (float(each) for each in numbers(value))
    elif isinstance(value, int | float):
        yield float(value)
