"""Every result shows itself: in a few lines, in a notebook, in an Excel file; a typo gets the nearest name."""

from __future__ import annotations

import copy
import inspect
import pickle
from importlib import import_module

import openpyxl
import pytest

import workbench as wb
from workbench.errors import StoreError
from workbench.labels import in_language, text
from workbench.planning import date_reaching, extra_meetings, never_dispatched, required_instructors
from workbench.shown import ROWS, Shown

#: Longer than this is no short text.
LINES, LETTERS = 25, 3000


@pytest.fixture(scope="module")
def results(small_plan) -> dict[str, Shown]:
    register, scenario, grouping = small_plan.register, small_plan.scenario, small_plan.grouping
    more = wb.simulate(register, scenario.replace("instructors.total", 60), grouping, replications=60, seed=1)
    return {
        "outcome": small_plan.outcome,
        "ceiling": small_plan.ceiling,
        "gap": small_plan.gap,
        "measures": small_plan.measures,
        "allocation": small_plan.allocation,
        "grouping": grouping,
        "dates": small_plan.dates,
        "comparison": wb.compare({"now": small_plan.outcome, "more": more}),
        "frontier": wb.frontier({"now": small_plan.allocation}),
        "never": never_dispatched(small_plan.outcome),
        "meetings": extra_meetings(register, scenario, grouping, replications=20),
        "reaching": date_reaching(register, scenario, grouping, replications=20, until="2027-09-15"),
        "required": required_instructors(register, scenario, grouping, confidences=(0.5,), replications=20),
        "trace": wb.trace(register, scenario, grouping),
    }


def test_every_class_of_results_shares_the_one_way():
    """Whoever has a summary has it all."""
    rooms = ("grouping.answer", "simulation.results", "simulation.tracing", "planning")
    found = {
        value
        for room in rooms
        for value in vars(import_module(f"workbench.{room}")).values()
        if inspect.isclass(value) and callable(getattr(value, "summary", None))
    }
    assert len(found) >= 5
    assert not [kind.__name__ for kind in found if not issubclass(kind, Shown)]
    assert not [kind.__name__ for kind in found if kind.__repr__ is not Shown.__repr__]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_results_are_short_and_are_pictures_in_a_notebook(results, language):
    with in_language(language):
        for name, result in results.items():
            assert repr(result) == result.summary(), name
            assert len(repr(result)) < LETTERS, name
            assert repr(result).count("\n") < LINES, name
            html = result._repr_html_()
            assert "<pre>" in html, name
            assert html.count("<tr") <= ROWS + 3, name
            assert ('src="data:image/png' in html) == bool(result.shown_figure), name


def test_scenarios_too(small_scenario):
    assert repr(small_scenario).count("\n") == 0
    assert "2027-08-31" in repr(small_scenario)
    assert "&lt;b&gt;Small&lt;/b&gt;" in small_scenario._repr_html_()
    assert "<b>" not in small_scenario._repr_html_()


def test_a_typo_is_answered_with_the_nearest_name(results, small_scenario):
    for holder, typo, near in (
        (results["gap"], "expectd", "expected"),
        (results["outcome"], "probabilty", "probability"),
        (small_scenario, "instructor", "instructors"),
        (small_scenario.calendar, "dead_line", "deadline"),
    ):
        with pytest.raises(AttributeError, match=f"did you mean {near}"):
            getattr(holder, typo)
    assert not hasattr(results["gap"], "nothing_of_the_kind")


def test_results_are_still_copied(results, small_scenario):
    assert pickle.loads(pickle.dumps(results["ceiling"])).value == results["ceiling"].value
    assert copy.copy(results["gap"]).expected == results["gap"].expected
    assert pickle.loads(pickle.dumps(small_scenario)) == small_scenario


def test_any_result_goes_to_excel(results, tmp_path):
    for name, result in results.items():
        path = result.to_excel(tmp_path / f"{name}.xlsx")
        book = openpyxl.load_workbook(path)
        lines = [row[0] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
        assert lines == result.summary().splitlines(), name
    book = openpyxl.load_workbook(tmp_path / "gap.xlsx")
    rows = list(book["table"].iter_rows(values_only=True))
    points = [row[rows[0].index(text("column.points"))] for row in rows[1:]]
    assert points == pytest.approx(results["gap"].table["points"].to_list())


def test_what_is_no_result_is_refused_and_so_is_another_ending(results, tmp_path):
    with pytest.raises(TypeError, match="not a result"):
        wb.to_excel({"a": 1}, tmp_path / "x.xlsx")
    with pytest.raises(StoreError):
        results["gap"].to_excel(tmp_path / "x.nc")
    assert not list(tmp_path.iterdir())
