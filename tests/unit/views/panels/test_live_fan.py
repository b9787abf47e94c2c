"""The fan that follows a slider shows the answer's numbers, in either language, and nothing of an earlier one."""

from __future__ import annotations

import io
import warnings
from itertools import combinations, pairwise

import numpy as np
import pytest
from PIL import Image

from workbench.jobs.session.board import LEVELS
from workbench.labels import in_language
from workbench.numbers import percent
from workbench.views.panels.live_fan import Ground, LiveFan
from workbench.views.panels.shapes import BESIDE, WIDE


def ground_of(session) -> Ground:
    board = session.board
    return Ground(board.calendar, session.answer.dates, board.rules.targets, board.ceiling.value)


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_draws_the_answers_numbers(session, language) -> None:
    with in_language(language), warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        fan = LiveFan(ground_of(session))
        picture = pixels(fan.draw(session.answer))
    assert picture.shape == (468, 1040, 3)
    for measure, share in session.answer.fan.items():
        np.testing.assert_array_equal(fan._medians[measure].get_ydata(), share[LEVELS.index(0.5)])
        wide, half = fan._bands[measure]
        for band, low, high in ((wide, 0, 4), (half, 1, 3)):
            heights = band.get_paths()[0].vertices[:, 1]
            assert heights.min() == pytest.approx(share[low].min())
            assert heights.max() == pytest.approx(share[high].max())
        assert percent(share[2, -1]) in fan._ends[f"{measure}/median"].words.get_text()


def test_a_new_answer_leaves_nothing_of_the_old_one(session) -> None:
    with in_language("en"):
        fan = LiveFan(ground_of(session))
        first = fan.draw(session.answer)
        baseline = session.answer
        for street in session.board.streets:
            session.move(street, 0)
        other = fan.draw(session.answer)
        assert (pixels(first) != pixels(other)).any()
        assert fan.draw(baseline) == first
        compared = fan.draw(session.answer, baseline)
        assert (pixels(compared) != pixels(other)).any()
        np.testing.assert_array_equal(fan._before.get_ydata(), baseline.fan["organization"][2])
        assert fan.draw(baseline, baseline) == first


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("shape", [WIDE, BESIDE], ids=["wide", "beside"])
def test_labels_at_the_right_keep_apart_and_within(session, shape, language) -> None:
    with in_language(language):
        fan = LiveFan(ground_of(session), shape)
        fan.draw(session.answer)
        boxes = sorted((label.words.get_window_extent() for label in fan._ends.values()), key=lambda box: box.y0)
        marks = [words for words in fan._ax.texts if str(words.get_gid()).startswith("name/")]
        above = [words.get_window_extent() for words in marks]
    assert all(low.y1 <= high.y0 + 1.0 for low, high in pairwise(boxes))
    assert not any(one.overlaps(other) for one, other in combinations(above, 2))
    assert max(box.y1 for box in above) <= shape.height * 130
    assert max(box.x1 for box in boxes) <= shape.width * 130


def test_another_ground_or_language_needs_another_drawing(session) -> None:
    with in_language("en"):
        fan = LiveFan(ground_of(session))
        assert fan.fits(ground_of(session), WIDE)
        assert not fan.fits(ground_of(session), BESIDE)
    with in_language("zh"):
        assert not fan.fits(ground_of(session), WIDE)
    session.change({"targets.organization": 0.4})
    session.jobs.settle()
    with in_language("en"):
        assert not fan.fits(ground_of(session), WIDE)
