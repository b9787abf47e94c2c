"""What was assumed wrongly is named, what holds is not, and what was not seen is not spoken of."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from workbench.labels import in_language
from workbench.views.review.assumptions import assumption_sentences, assumptions_table

COLUMNS = ["assumption", "kind", "observed", "assumed", "seen", "p", "p_holm", "fits"]


def review_of(rows, effective=None):
    posterior = None
    if effective is not None:
        posterior = pd.DataFrame(
            [("speed", 1.0, 0.87, effective), ("failure", 1.2, 1.9, effective)],
            columns=["factor", "prior_mean", "mean", "effective"],
        ).set_index("factor")
    return SimpleNamespace(
        assumptions=pd.DataFrame(rows, columns=COLUMNS), forecast=SimpleNamespace(posterior=posterior)
    )


FAILS = ("preparation", "joint", 40, 12.0, 19.5, 0.0001, 0.001, "pert [6, 16, 39]")
HOLDS = ("success", "standalone", 30, 0.92, 0.9, 0.7, 1.0, "0.9")
UNSEEN = ("election", "joint", 0, 4.2, float("nan"), float("nan"), float("nan"), "")


RUNNING = ("election", "joint", 6, 4.2, float("nan"), 0.001, 0.01, "")


def test_what_has_only_begun_is_not_given_a_length():
    with in_language("en"):
        lines = assumption_sentences(review_of([RUNNING]))
        assert lines[1] == "election, joint: assumed 4.2 working days; of the 6 begun none has ended."
        (row,) = assumptions_table(review_of([RUNNING])).rows()
        assert row[3:] == ["–", "fails", ""]


def test_nothing_seen_is_said_so():
    with in_language("en"):
        assert assumption_sentences(review_of([UNSEEN]))[0].startswith("Nothing has been observed yet")
    assert assumptions_table(review_of([UNSEEN])) is None


def test_what_fails_is_named_with_what_would_fit():
    with in_language("en"):
        lines = assumption_sentences(review_of([FAILS, HOLDS, UNSEEN]))
        assert lines[0].endswith("observed: 2; of these fail: 1.")
        assert lines[1] == (
            "preparation, joint: assumed 12.0 working days, observed 19.5 working days (40 seen); "
            "pert [6, 16, 39] would fit."
        )
        assert not any("success" in line for line in lines)
        rows = assumptions_table(review_of([FAILS, HOLDS, UNSEEN])).rows()
        assert [row[4:] for row in rows] == [["fails", "pert [6, 16, 39]"], ["holds", ""]]
        assert rows[1][2:4] == ["92.0%", "90.0%"]


@pytest.mark.parametrize(
    ("effective", "words"), [(None, "did not learn"), (99.0, "lies outside"), (100.0, "speed 0.87 instead of 1.00")]
)
def test_what_was_learnt_is_told_as_far_as_it_can_be_relied_on(effective, words):
    with in_language("en"):
        assert words in assumption_sentences(review_of([HOLDS], effective))[-1]


def test_what_was_not_learnt_is_not_told_as_a_change():
    review = review_of([UNSEEN], 65_536.0)
    for learnt, words in ((0.87, "speed 0.87 instead of 1.00."), (1.001, "no reason yet to change")):
        review.forecast.posterior["mean"] = [learnt, 1.2]
        with in_language("en"):
            assert words in assumption_sentences(review)[-1]
