"""Figures show what results hold, in both languages, without a missing glyph and with nothing left open."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from itertools import pairwise

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from tests.unit.house.plan import ROOT
from workbench.errors import ArgumentError
from workbench.grouping import group
from workbench.inputs import Scenario, check_register, make_city
from workbench.labels import in_language, table, text
from workbench.numbers import odds, short_date, signed_points, target_percent
from workbench.planning import allocate, ceiling, explain_gap
from workbench.simulation import simulate
from workbench.views import figures
from workbench.views.drawing import style, words

PAINTERS = (
    "fan",
    "fan_organization",
    "fan_work",
    "streets",
    "map",
    "map_street",
    "gap",
    "tiers",
    "allocation",
    "curve",
)


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return make_city(150, 6, seed=4)


@pytest.fixture(scope="module")
def dense() -> pd.DataFrame:
    """Communities large enough for groups of their own."""
    return make_city(300, 4, communities=2, seed=4)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return Scenario().replace({"instructors.total": 12, "committee.every_weeks": 1, "targets.organization": 0.45})


@pytest.fixture(scope="module")
def results(register, scenario) -> dict:
    grouping = group(register, scenario, method="nearest")
    return results_of(register, scenario, grouping)


def results_of(register, scenario, grouping) -> dict:
    return {
        "register": register,
        "scenario": scenario,
        "grouping": grouping,
        "outcome": simulate(register, scenario, grouping, replications=40),
        "ceiling": ceiling(register, scenario, grouping),
        "gap": explain_gap(register, scenario, grouping, replications=20),
        "allocation": allocate(register, scenario, grouping, total=14, replications=20),
    }


def paint(name: str, results: dict, ax: Axes | None = None) -> Axes:
    register, outcome = results["register"], results["outcome"]
    match name:
        case "fan":
            return figures.fan(outcome, ax)
        case "fan_organization" | "fan_work":
            return figures.fan(outcome, ax, target=name.removeprefix("fan_"))
        case "streets":
            return figures.streets(outcome, ax)
        case "map":
            return figures.map_groups(register, results["grouping"], ax, scenario=results["scenario"])
        case "map_street":
            return figures.map_groups(register, results["grouping"], ax, street=register["street"].iloc[0])
        case "gap":
            return figures.waterfall(results["gap"], ax)
        case "tiers":
            return figures.tiers(register, results["scenario"], results["ceiling"], ax)
        case "allocation":
            return figures.allocation(results["allocation"], ax)
        case "curve":
            return figures.curve(results["allocation"], ax)
    raise AssertionError(name)


def part(ax: Axes, gid: str):
    """The one artist of a figure that has this gid."""
    found = ax.get_figure().findobj(lambda artist: artist.get_gid() == gid)
    assert len(found) == 1, f"{gid}: {len(found)} found"
    return found[0]


def said(ax: Axes) -> str:
    """Every word of a figure."""
    return "\n".join(each.get_text() for each in ax.get_figure().findobj(Text) if each.get_visible())


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the file's head."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


# --- Every figure -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", PAINTERS)
def test_drawn_in_both_languages_without_a_missing_glyph(name, language, results):
    """And with nothing cut off. Warnings are errors here, and a missing glyph is one."""
    with in_language(language):
        ax = paint(name, results)
        title = part(ax, "title").get_text()
        png = figures.png(ax)
    assert size(png)[0] == pytest.approx(1100, abs=1)
    assert any("一" <= letter <= "鿿" for letter in title.replace(results["register"]["street"].iloc[0], "")) == (
        language == "zh"
    )
    assert_nothing_is_cut_off(ax)


def assert_nothing_is_cut_off(ax: Axes) -> None:
    """Whatever is written stands within the picture."""
    figure = ax.get_figure()
    for written in figure.findobj(Text):
        if written.get_visible() and written.get_text().strip() and in_view(written, ax):
            box = written.get_window_extent()
            assert box.x0 >= -1, written
            assert box.y0 >= -1, written
            assert box.x1 <= figure.bbox.x1 + 1, written
            assert box.y1 <= figure.bbox.y1 + 1, written


def in_view(written: Text, ax: Axes) -> bool:
    """Labels of ticks beyond the axes exist, but are not drawn."""
    for axis, low, high in ((ax.xaxis, *sorted(ax.get_xlim())), (ax.yaxis, *sorted(ax.get_ylim()))):
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if written in (tick.label1, tick.label2):
                return tick.label1 is written and low <= tick.get_loc() <= high
    return True


@pytest.mark.parametrize("name", PAINTERS)
def test_draws_into_axes_given(name, results):
    figure = Figure(figsize=(16, 8), layout="constrained")
    left, right = figure.subplots(1, 2)
    with in_language("zh"):
        assert paint(name, results, left) is left
    assert not right.has_data()
    figure.savefig(io.BytesIO())


@pytest.mark.parametrize("name", PAINTERS)
def test_settings_and_pyplot_are_left_alone(name, results):
    from matplotlib import pyplot

    before = dict(mpl.rcParams)
    figures.png(paint(name, results))
    assert dict(mpl.rcParams) == before
    assert pyplot.get_fignums() == []


def test_same_figure_same_bytes(results):
    assert figures.png(figures.fan(results["outcome"])) == figures.png(figures.fan(results["outcome"]))


def test_png_is_as_wide_as_asked(results):
    ax = figures.fan(results["outcome"])
    assert size(figures.png(ax, 800)) == (800, pytest.approx(800 * 650 / 1100, abs=1))
    assert size(figures.png(ax.get_figure(), width_px=500))[0] == 500


def test_a_notebook_shows_it(results):
    """A cell that ends with the axes, or with their figure, shows a picture."""
    formatters = pytest.importorskip("IPython.core.formatters")
    ax = figures.waterfall(results["gap"])
    for shown in (ax, ax.get_figure()):
        data, _ = formatters.DisplayFormatter().format(shown)
        assert data["image/png"][:4] == b"\x89PNG"


def test_a_user_s_style_does_not_mix(results):
    plain = figures.png(figures.streets(results["outcome"]))
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "black", "axes.grid": True, "font.family": "serif"}):
        assert figures.png(figures.streets(results["outcome"])) == plain


# --- Fonts --------------------------------------------------------------------------------------------------


def test_chinese_comes_with_the_package():
    assert style.chinese_families()[0] == style.families()[0] == "Workbench Sans SC"
    assert style.families()[-1] == "DejaVu Sans"
    licence = style.PACKAGED.with_name("OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert style.PACKAGED.stat().st_size < 6_000_000


def test_the_packaged_font_has_what_names_are_written_with(monkeypatch):
    """All of GBK, the signs of the labels, and what the made-up cities' names hold."""
    monkeypatch.setattr(style, "families", lambda: ["Workbench Sans SC"])
    style.chinese_families()
    gbk = "".join(chr(sign) for sign in range(0x4E00, 0x9FA6))
    words = "".join(chinese + english for chinese, english in table().values())
    city = (ROOT / "data/demo_city.csv").read_text(encoding="utf-8-sig").replace("\n", "")
    for text_ in (gbk, words, city, "璟塬溇㎡％①“—−≥…·"):
        # Nobody draws a blank, or the sign for one that could not be read.
        missing = {sign for sign in text_ if sign not in "\n✓\u3000\ufffd" and style.drawable(sign) != sign}
        assert not missing, sorted(missing)[:20]


def test_a_sign_that_no_font_here_has_is_told_by_its_number(monkeypatch):
    monkeypatch.setattr(style, "families", lambda: ["Workbench Sans SC", "DejaVu Sans"])
    style.chinese_families()
    assert style.drawable("镇\U0002ceb1街") == "镇[U+2CEB1]街"


def test_finding_the_font_loads_no_pyplot():
    import subprocess
    import sys

    code = (
        "import sys; from workbench.views.drawing import style; style.chinese_families(); "
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_any_chinese_font_figures_speak_english_and_say_so(results, monkeypatch):
    monkeypatch.setattr(style, "chinese_families", lambda: ())
    with in_language("zh"), pytest.warns(UserWarning, match="其中自带字体"):
        ax = figures.waterfall(results["gap"])
    assert "all organizations" in said(ax)
    assert style.families() == ["DejaVu Sans"]


def test_this_machines_fonts_come_after_it_in_order(monkeypatch, tmp_path):
    style.chinese_families.cache_clear()
    try:
        manager = style.font_manager.fontManager
        monkeypatch.setattr(manager, "get_font_names", lambda: ["WenQuanYi Zen Hei", "PingFang SC", "SimHei"])
        assert style.chinese_families() == ("Workbench Sans SC", "PingFang SC", "WenQuanYi Zen Hei")
        style.chinese_families.cache_clear()
        monkeypatch.setattr(style, "PACKAGED", tmp_path / "gone.otf")
        monkeypatch.setattr(manager, "get_font_names", lambda: ["SimHei", "DejaVu Sans"])
        assert style.chinese_families() == ()
    finally:
        style.chinese_families.cache_clear()


# --- Each shows its data ------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["organization", "work"])
def test_fan_shows_the_quantiles(measure, results):
    outcome = results["outcome"]
    ax = figures.fan(outcome)
    quantiles = outcome.quantiles(target=measure)
    median = part(ax, f"{measure}/median")
    np.testing.assert_array_equal(median.get_ydata(), quantiles[0.5])
    days = (quantiles.index - pd.Timestamp("1970-01-01")).days
    np.testing.assert_array_equal(median.get_xdata(), days)
    for low, high in ((0.05, 0.95), (0.25, 0.75)):
        band = part(ax, f"{measure}/{low * 100:.0f}-{high * 100:.0f}").get_paths()[0].vertices
        for day, least, most in zip(days, quantiles[low], quantiles[high], strict=True):
            heights = band[band[:, 0] == day, 1]
            assert (heights.min(), heights.max()) == pytest.approx((least, most))
    target = getattr(results["scenario"].targets, measure)
    assert list(part(ax, f"{measure}/target").get_ydata()) == [target, target]


def test_fan_gives_the_answer(results):
    outcome = results["outcome"]
    chance = outcome.probability()
    ax = figures.fan(outcome, target="organization")
    assert f"{chance.value:.1%}" in part(ax, "title").get_text()
    for number in (chance.low, chance.high, outcome.expected()):
        assert f"{number:.1%}" in part(ax, "note/0").get_text()
    assert part(ax, "organization/ceiling").get_ydata()[0] == outcome.ceiling
    assert f"ceiling {outcome.ceiling:.1%}" in said(ax)
    assert "deadline 31 Aug" in said(ax)
    assert "8月31日 截止" in chinese("fan", results)
    assert "工作覆盖" not in chinese("fan_organization", results)


def test_fan_of_one_responsible_unit(results):
    outcome = results["outcome"]
    unit = outcome.probabilities().index[0]
    row, parts = outcome.probabilities().loc[unit], outcome.breakdown("responsible").loc[unit]
    ax = figures.fan(outcome, target="organization", responsible=unit)
    quantiles = outcome.quantiles(responsible=unit)
    np.testing.assert_array_equal(part(ax, "organization/median").get_ydata(), quantiles[0.5])
    assert part(ax, "organization/ceiling").get_ydata()[0] == parts["ceiling"]
    title = part(ax, "title").get_text()
    assert unit in title
    assert "out of reach" in title or odds(row["probability"], outcome.replications) in title
    assert f"{row['expected']:.1%}" in part(ax, "note/0").get_text()
    with pytest.raises(ArgumentError, match="nowhere"):
        figures.fan(outcome, responsible="nowhere")


def chinese(name: str, results: dict) -> str:
    with in_language("zh"):
        return said(paint(name, results))


def test_fan_marks_the_calendar(results):
    ax = figures.fan(results["outcome"])
    spec = results["scenario"].calendar
    assert part(ax, "mark/deadline").get_xdata()[0] == words.day_number(spec.deadline)
    assert part(ax, "mark/formation_opens").get_xdata()[0] == words.day_number(spec.formation_opens)
    assert part(ax, "mark/review").get_xdata()[0] == words.day_number(spec.review)
    assert words.day_number(spec.deadline) in ax.get_xticks()


def test_fan_says_when_the_target_is_out_of_reach(register, scenario):
    outcome = simulate(register, scenario.replace("targets.organization", 0.99), replications=5)
    assert "out of reach" in part(figures.fan(outcome), "title").get_text()


@pytest.mark.parametrize(("target", "answer"), [(0.01, "100.0%"), (0.4, "in 0 of 5 simulations")])
def test_fan_of_the_certain_and_the_impossible(target, answer, register, scenario):
    still = scenario.replace({"targets.organization": target, "instructors.total": 0})
    ax = figures.fan(simulate(register, still, replications=5), target="organization")
    assert part(ax, "title").get_text().endswith(answer)
    figures.png(ax)


def test_fan_beyond_the_deadline(register, scenario):
    later = scenario.replace({"calendar.horizon": "2027-12-31", "targets.organization": 0.33, "targets.work": 0.9})
    outcome = simulate(register, later, replications=20)
    ax = figures.fan(outcome)
    assert short_date(outcome.date_reaching(0.9)) in part(ax, "note/0").get_text()
    assert 5 <= len(ax.get_xticks()) <= 10
    marks = [part(ax, f"name/{name}").get_window_extent() for name in ("formation_opens", "review", "deadline")]
    assert not any(one.overlaps(other) for one, other in pairwise(marks))


def test_labels_at_the_end_keep_apart(results):
    ax = figures.fan(results["outcome"])
    ax.get_figure().draw_without_rendering()
    boxes = sorted(
        (end.get_bbox_patch() or Text.get_window_extent(end)).y0
        for end in ax.texts
        if (end.get_gid() or "").startswith("end/")
    )
    assert len(boxes) == 5
    assert min(np.diff(boxes)) > 10


def test_streets_show_the_breakdown(results):
    outcome = results["outcome"]
    table = outcome.breakdown("street").sort_values("coverage", ascending=False, kind="stable")
    ax = figures.streets(outcome)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(table.index)
    for street, row in table.iterrows():
        start, expected = part(ax, f"start/{street}"), part(ax, f"expected/{street}")
        assert start.get_width() == pytest.approx(row["at_start"] / row["organizations"])
        assert expected.get_x() + expected.get_width() == pytest.approx(row["coverage"])
    np.testing.assert_array_equal(part(ax, "ceiling").get_xdata(), table["ceiling"])
    assert part(ax, "mark/target").get_xdata()[0] == 0.45


def test_streets_behind_stand_out_without_colour(results):
    """By a hatch and by a triangle beside the name."""
    outcome = results["outcome"]
    table = outcome.breakdown("street").sort_values("coverage", ascending=False, kind="stable")
    middle = float(table["coverage"].median())
    outcome = replace(outcome, scenario=outcome.scenario.replace("targets.organization", middle))
    ax = figures.streets(outcome)
    behind = (table["coverage"] < middle).to_numpy()
    assert 0 < behind.sum() < len(behind)
    assert [bool(part(ax, f"expected/{street}").get_hatch()) for street in table.index] == behind.tolist()
    np.testing.assert_array_equal(part(ax, "flagged").get_ydata(), np.flatnonzero(behind))
    assert part(ax, "title").get_text() == text(
        "figure.street.title", behind=behind.sum(), rows=6, target=target_percent(middle), deadline="31 Aug"
    )


def test_streets_of_a_large_city_are_cut_to_the_lowest():
    city = make_city(400, 70, seed=1)
    outcome = simulate(city, Scenario(), replications=2)
    with in_language("zh"):
        ax = figures.streets(outcome)
        figures.png(ax)
    coverage = outcome.breakdown("street")["coverage"]
    assert len(ax.get_yticks()) == 60
    shown = part(ax, "ceiling").get_ydata()
    assert len(shown) == 60
    assert len(coverage) > 60
    assert "60" in part(ax, "note/1").get_text()


def test_map_ties_each_unit_to_its_lead(results):
    register, grouping = results["register"], results["grouping"]
    ax = figures.map_groups(register, grouping)
    joined = grouping.assignment
    for kind in joined["facility_kind"].unique():
        own = joined[joined["facility_kind"] == kind]
        places = register.loc[own["org_id"], ["x", "y"]].to_numpy()
        np.testing.assert_array_equal(np.column_stack(part(ax, f"units/{kind}").get_data()), places)
        links = np.array(part(ax, f"links/{kind}").get_segments())
        length = np.hypot(*(links[:, 0] - links[:, 1]).T)
        np.testing.assert_allclose(length, own["distance_km"], atol=1e-9)
        assert len(part(ax, f"facilities/{kind}").get_xdata()) == own["facility_id"].nunique()
    lost = register.loc[grouping.left_out["org_id"], ["x", "y"]].to_numpy()
    np.testing.assert_array_equal(np.column_stack(part(ax, "left_out").get_data()), lost)
    assert f"{grouping.covered} of {grouping.covered + len(lost)}" in part(ax, "title").get_text()
    # One mean distance: the map's is the summary's.
    mean = f"mean distance {grouping.assignment['distance_km'].mean():.2f} km (who leads at 0)"
    assert mean in said(ax)
    assert mean in grouping.summary()


def test_map_is_true_to_scale(results):
    ax = figures.map_groups(results["register"], results["grouping"])
    figures.png(ax)
    one = ax.transData.transform([[0, 0], [1, 0], [0, 1]])
    assert one[1, 0] - one[0, 0] == pytest.approx(one[2, 1] - one[0, 1], rel=1e-6)
    bar = part(ax, "scale").get_xdata()
    assert f"{bar[1] - bar[0]:g} km" in said(ax)


def test_map_in_degrees(register, scenario):
    here = check_register(
        register.assign(lon=114 + register["x"] / 95.6, lat=31 + register["y"] / 110.9, x=np.nan, y=np.nan)
    )
    ax = figures.map_groups(here, group(here, scenario, method="nearest"))
    figures.png(ax)
    degree = ax.transData.transform([[114, 31], [115, 31], [114, 32]])
    assert (degree[1, 0] - degree[0, 0]) / (degree[2, 1] - degree[0, 1]) == pytest.approx(95.5 / 110.9, rel=0.01)
    km = float(next(line for line in said(ax).split("\n") if line.endswith(" km") and len(line) < 8)[:-3])
    bar = part(ax, "scale").get_xdata()
    assert bar[1] - bar[0] == pytest.approx(km / 95.6, rel=0.01)


def test_map_of_communities_and_hosts(dense, scenario):
    rules = scenario.replace("grouping.facilities", ["community", "host"])
    grouping = group(dense, rules, method="community")
    assert (grouping.assignment["facility_kind"] == "community").any()
    ax = figures.map_groups(dense, grouping, scenario=rules)
    own = grouping.assignment[grouping.assignment["facility_kind"] == "community"]
    links = np.array(part(ax, "links/community").get_segments())
    np.testing.assert_allclose(np.hypot(*(links[:, 0] - links[:, 1]).T), own["distance_km"], atol=1e-9)


def test_map_takes_the_centres_that_a_scenario_gives(dense, scenario):
    rules = scenario.replace("grouping.facilities", ["community"])
    first = group(dense, rules, method="community").assignment["facility_id"].iloc[0]
    spot = dense.loc[(dense["street"] + "/" + dense["community"]) == first, ["x", "y"]].iloc[0]
    rules = rules.replace("grouping.community_centres", {first: spot.to_list()})
    grouping = group(dense, rules, method="community")
    ax = figures.map_groups(dense, grouping, scenario=rules)
    ends = np.array(part(ax, "links/community").get_segments())[:, 1]
    assert spot.to_list() in ends.tolist()


def test_map_of_one_street(results):
    register, grouping = results["register"], results["grouping"]
    street = register.loc[grouping.assignment["org_id"], "street"].value_counts().index[0]
    ax = figures.map_groups(register, grouping, street=street)
    joined = grouping.assignment
    mine = joined[(register.loc[joined["org_id"], "street"] == street).to_numpy()]
    drawn = {tuple(at) for kind in ("peer", "host") for at in drawn_units(ax, kind)}
    whole = joined[joined["facility_id"].isin(mine["facility_id"])]
    assert {tuple(at) for at in register.loc[whole["org_id"], ["x", "y"]].to_numpy()} <= drawn
    lost = (register.loc[grouping.left_out["org_id"], "street"] == street).sum()
    assert f"{len(mine)} of {len(mine) + lost}" in part(ax, "title").get_text()
    assert street in part(ax, "title").get_text()
    with pytest.raises(ValueError, match="Atlantis"):
        figures.map_groups(register, grouping, street="Atlantis")


def drawn_units(ax: Axes, kind: str) -> list:
    found = ax.findobj(lambda artist: artist.get_gid() == f"units/{kind}")
    return [at for line in found for at in np.column_stack(line.get_data())]


def test_names_on_a_map_do_not_touch(results):
    ax = figures.map_groups(results["register"], results["grouping"])
    figures.png(ax)
    boxes = [each.get_window_extent() for each in ax.texts if (each.get_gid() or "").startswith("street/")]
    assert len(boxes) == 6
    assert not any(one.overlaps(other) for k, one in enumerate(boxes) for other in boxes[:k])


def test_map_without_places(results):
    register = results["register"].assign(x=np.nan, y=np.nan)
    ax = figures.map_groups(register, results["grouping"])
    assert part(ax, "nothing").get_text() == text("figure.map.no_places")


def test_waterfall_falls_without_a_step_missing(results):
    gap = results["gap"]
    ax = figures.waterfall(gap)
    level = 1.0
    for name, row in gap.table.iterrows():
        bar = part(ax, f"part/{name}")
        ends = sorted((bar.get_x(), bar.get_x() + bar.get_width()))
        assert ends == pytest.approx(sorted((level - row["points"], level)))
        level -= row["points"]
        said = "" if np.isnan(row["alone"]) else f" (alone {signed_points(row['alone'], typeset=True)})"
        assert part(ax, f"value/{name}").get_text() == f"{signed_points(-row['points'], typeset=True)} points{said}"
    assert part(ax, "part/expected").get_width() == pytest.approx(level)
    assert part(ax, "mark/ceiling").get_xdata()[0] == gap.ceiling
    assert part(ax, "mark/target").get_xdata()[0] == gap.target


@pytest.mark.parametrize(("target", "title"), [(0.01, "above"), (0.55, "short of"), (0.99, "The ceiling of")])
def test_waterfall_says_where_the_target_is(target, title, results):
    ax = figures.waterfall(replace(results["gap"], target=target))
    assert title in part(ax, "title").get_text()


def test_tiers_add_up_to_all_organizations(results):
    ax = figures.tiers(results["register"], results["scenario"], results["ceiling"])
    table = results["ceiling"].table
    for kind in ("tier", "way"):
        bars = ax.findobj(lambda artist, kind=kind: (artist.get_gid() or "").startswith(f"{kind}/"))
        assert sum(bar.get_width() for bar in bars) == pytest.approx(1.0)
    for way, share in table["share"].items():
        if share:
            assert part(ax, f"way/{way}").get_width() == pytest.approx(share)
    covered = part(ax, "mark/ceiling").get_xdata()[0]
    assert covered == results["ceiling"].value
    last = part(ax, "way/left_out") if table.loc["left_out", "organizations"] else part(ax, "way/no_member")
    assert last.get_x() == pytest.approx(covered)


def test_allocation_shows_now_and_recommended(results):
    allocation = results["allocation"]
    ax = figures.allocation(allocation)
    streets = [label.get_text() for label in ax.get_yticklabels()]
    assert sorted(streets) == sorted(allocation.instructors.index)
    np.testing.assert_array_equal(part(ax, "recommended").get_xdata(), allocation.instructors.loc[streets])
    np.testing.assert_array_equal(part(ax, "now").get_xdata(), allocation.start.loc[streets])
    change = allocation.instructors - allocation.start
    arrows = ax.findobj(lambda artist: (artist.get_gid() or "").startswith("move/"))
    assert {arrow.get_gid() for arrow in arrows} == {f"move/{street}" for street in change.index[change != 0]}
    assert f"{allocation.probability.value:.1%}" in part(ax, "title").get_text()


def test_allocation_says_that_a_confidence_is_not_reached(results):
    allocation = replace(results["allocation"], reached=False, confidence=0.9)
    for ax in (figures.allocation(allocation), figures.curve(allocation)):
        assert "No number tried gives 90%" in part(ax, "title").get_text()


def test_curve_shows_the_table(results):
    allocation = results["allocation"]
    ax = figures.curve(allocation)
    for name in ("expected", "probability"):
        line = part(ax, name)
        np.testing.assert_array_equal(line.get_xdata(), allocation.curve.index)
        np.testing.assert_array_equal(line.get_ydata(), allocation.curve[name])
    assert part(ax, "mark/total").get_xdata()[0] == allocation.total


# --- Other shapes -------------------------------------------------------------------------------------------


def test_one_street_and_long_names(register, scenario):
    long = "内蒙古自治区呼伦贝尔市新巴尔虎右旗阿拉坦额莫勒镇"
    street = register["street"].value_counts().index[0]
    one = register[register["street"] == street].assign(street=long)
    results = results_of(one, scenario, group(one, scenario, method="nearest"))
    with in_language("zh"), warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in PAINTERS:
            figures.png(paint(name, results))
    assert [label.get_text() for label in figures.streets(results["outcome"]).get_yticklabels()] == [words.short(long)]


def test_nobody_to_group(register, scenario):
    none = register[register["full_members"] != 1]
    grouping = group(none, scenario, method="nearest")
    ax = figures.map_groups(none, grouping)
    assert "0 of 0" in part(ax, "title").get_text()
    figures.png(ax)
    figures.png(figures.tiers(none, scenario, ceiling(none, scenario, grouping)))


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0.0"), (-0.173, "−17.3"), (0.004, "+0.4"), (-0.0001, "−0.01"), (-1e-9, "0.0")]
)
def test_points_have_a_true_minus_and_no_minus_zero(share, shown):
    assert signed_points(share, typeset=True) == shown


def test_dates_as_each_language_writes_them():
    on = pd.Timestamp("2027-08-01").date()
    assert short_date(on) == "1 Aug"
    with in_language("zh"):
        assert short_date(on) == "8月1日"
