"""The tornado shows the table's numbers, in both languages, and cuts nothing off."""

from __future__ import annotations

import pytest

from tests.unit.views.figures.test_figures import assert_nothing_is_cut_off, part, said, size
from workbench.labels import in_language
from workbench.planning import sensitivity
from workbench.views import figures


@pytest.fixture(scope="module")
def found(hamlet, plan, joined):
    rules = plan.replace({"uncertainty.speed": {"uniform": [0.4, 1.6]}, "targets.organization": 0.36})
    return sensitivity(hamlet, rules, joined, base=256, screening=32)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_drawn_in_both_languages(found, language):
    with in_language(language):
        ax = figures.tornado(found)
        figures.png(ax)
        assert_nothing_is_cut_off(ax)
        assert [size(figures.png(ax, wide))[0] for wide in (1280, 480)] == [1280, 480]


def test_bars_end_where_the_table_says(found):
    ax = figures.tornado(found)
    for row, (name, values) in enumerate(found.deciding.iterrows()):
        for end in ("low", "high"):
            bar = part(ax, f"{end}/{name}")
            assert bar.get_x() == found.expected
            assert bar.get_x() + bar.get_width() == pytest.approx(values[f"at_{end}"])
            assert bar.get_y() + bar.get_height() / 2 == pytest.approx(row)
            interval = part(ax, f"{end}/{name}/interval").get_xdata()
            assert list(interval) == [values[f"at_{end}_low"], values[f"at_{end}_high"]]
    assert f"{found.deciding['total'].iloc[0]:.0%}" in part(ax, "title").get_text()
    assert f"{found.runs:,}" in said(ax)
    assert f"expected {found.expected:.1%}" in said(ax)
    if found.rule is not None:
        assert str(found.rule) in said(ax)


def test_with_nothing_to_show(hamlet, plan, joined):
    found = sensitivity(hamlet, plan.replace("uncertainty", {}), joined, base=16, screening=2)
    assert "No uncertain parameter" in part(figures.tornado(found), "nothing").get_text()
