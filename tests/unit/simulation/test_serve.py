"""`kernel.serve`: what it refuses, by array, index and rule, and what it lets pass."""

from __future__ import annotations

import re

import numpy as np
import pytest

from workbench.simulation.kernel import COMMITTEE, FOUNDS, HAPPENINGS, serve

NAN, INF = float("nan"), float("inf")


def given(**changes):
    """Three cases of two attempts, two slots, two meetings; all in order."""
    return {
        "release": [0.0, 1.0, 2.0],
        "priority": [0, 0, 1],
        "rank": [2, 0, 1],
        "max_attempts": [2, 1, 2],
        "preparation": [[1.0, 2.0], [1.0, NAN], [1.0, 1.0]],
        "success": [[False, True], [True, False], [True, True]],
        "retry_delay": [1.0, 0.0, 0.0],
        "approval": [COMMITTEE, COMMITTEE, FOUNDS],
        "election_lag": [0.0, 1.0, 0.0],
        "slot_start": [0.0, 1.0],
        "slot_stop": [9.0, 9.0],
        "meeting_day": [3.0, 6.0],
        "agenda": [1.0, NAN],
        "notice": 0.0,
        "horizon": 10.0,
    } | changes


PER_CASE = ("priority", "rank", "max_attempts", "retry_delay", "approval", "election_lag")
TIMES = ("release", "retry_delay", "election_lag", "slot_start", "slot_stop", "meeting_day")


def refused(message, **changes):
    with pytest.raises(ValueError, match=re.escape(message)):
        serve(**given(**changes))


def with_one(name, index, value):
    """An array of `given` with one entry changed."""
    array = np.array(given()[name], dtype=np.float64)
    array[index] = value
    return {name: array}


def test_what_is_in_order_is_served():
    served = serve(**given())
    assert served.dispatched.tolist() == [0.0, 1.0, 2.0]
    assert served.filed.tolist()[:2] == [4.0, 2.0]
    assert served.attempts.tolist() == [2, 1, 1]
    # Filed at 2, the second is heard on day 3; the first, filed at 4, on day 6. The third founds at 3.
    np.testing.assert_array_equal(served.formed, [6.0, 4.0, NAN])
    np.testing.assert_array_equal(served.mass_org, [NAN, NAN, 3.0])


@pytest.mark.parametrize("name", PER_CASE)
@pytest.mark.parametrize("length", [0, 2, 4])
def test_unequal_lengths(name, length):
    refused(f"{name} has {length} entries: it must have 3", **{name: [1] * length})


@pytest.mark.parametrize(("name", "other"), [("slot_stop", "slot_start"), ("agenda", "meeting_day")])
def test_unequal_lengths_of_slots_and_meetings(name, other):
    refused(f"{name} has 3 entries: it must have 2", **{name: [7.0, 8.0, 9.0]})
    refused("entries: it must have 1", **{other: [2.0]})


@pytest.mark.parametrize("name", [*TIMES, "priority", "rank", "max_attempts", "approval", "agenda"])
def test_tables_where_lists_are_wanted(name):
    refused(f"{name} has 2 dimensions: it must have one", **{name: [given()[name]]})


@pytest.mark.parametrize("name", TIMES)
@pytest.mark.parametrize("value", [NAN, INF, -1.0, -(2.0**-20)])
def test_times_are_finite_and_not_negative(name, value):
    refused(f"{name}[1] = {value}: must be finite and not negative", **with_one(name, 1, value))


@pytest.mark.parametrize("name", ["notice", "horizon"])
@pytest.mark.parametrize("value", [NAN, INF, -1.0])
def test_so_are_notice_and_horizon(name, value):
    refused(f"{name}[0] = {value}: must be finite and not negative", **{name: value})


@pytest.mark.parametrize("name", ["priority", "rank", "max_attempts", "approval"])
@pytest.mark.parametrize("value", [NAN, INF, 0.5, 1e300, -1e19])
def test_whole_numbers(name, value):
    refused(f"{name}[2] = {value}: must be a whole number, 2^53 at most", **with_one(name, 2, value))


@pytest.mark.parametrize("value", [0, -3])
def test_everybody_may_try_once(value):
    refused(f"max_attempts[1] = {value}: must be at least 1", **with_one("max_attempts", 1, value))


def test_more_attempts_than_columns():
    refused("max_attempts[0] = 3: preparation has only 2 columns", max_attempts=[3, 1, 2])


def test_equal_ranks():
    refused("rank[2] = 2: ranks must be distinct", rank=[2, 0, 2])
    refused("rank[1] = 0: ranks must be distinct", rank=[0, 0, 0])


@pytest.mark.parametrize("value", [NAN, INF, -INF, -0.5])
def test_preparations_within_max_attempts(value):
    rule = "must be finite and not negative within max_attempts"
    refused(f"preparation[0, 1] = {value}: {rule}", preparation=[[1.0, value], [1.0, NAN], [1.0, 1.0]])


def test_what_lies_beyond_max_attempts_is_not_read():
    expected = serve(**given())
    beyond = {"preparation": [[1.0, 2.0], [1.0, -7.0], [1.0, 1.0]],
              "success": [[0.0, 1.0], [1.0, NAN], [1.0, 1.0]]}  # fmt: skip
    for found, wanted in zip(serve(**given(**beyond)), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("value", [NAN, 0.5, -1.0, 2.0])
def test_success_is_true_or_false(value):
    success = [[0.0, 1.0], [value, 0.0], [1.0, 1.0]]
    refused(f"success[1, 0] = {value}: must be true or false within max_attempts", success=success)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("preparation", [[1.0, 1.0]] * 2, "preparation has shape (2, 2): it must have 3 rows"),
        ("preparation", [1.0, 1.0, 1.0], "preparation has shape (3,): it must have 3 rows"),
        ("success", [[True]] * 3, "success has shape (3, 1): it must have that of preparation, (3, 2)"),
        ("success", [True] * 3, "success has shape (3,): it must have that of preparation, (3, 2)"),
    ],
)
def test_shapes_of_attempts(name, value, message):
    refused(message, **{name: value})


@pytest.mark.parametrize("value", [-1, 4])
def test_unknown_approval(value):
    refused(f"approval[1] = {value}: must be 0 (none), 1 (direct)", **with_one("approval", 1, value))


def test_a_window_that_ends_before_it_starts():
    refused("slot_stop[1] = 0.5: a window must not end before it starts", slot_stop=[9.0, 0.5])
    assert np.isnan(serve(**given(slot_stop=[0.0, 1.0])).dispatched).all()  # empty ones give no slot


@pytest.mark.parametrize("days", [[6.0, 3.0], [3.0, 3.0]])
def test_meetings_out_of_order(days):
    refused(f"meeting_day[1] = {days[1]}: meetings must be in rising order, each day once", meeting_day=days)


@pytest.mark.parametrize("value", [-1.0, 0.5, INF, -INF])
def test_agenda(value):
    refused(f"agenda[1] = {value}: must be a whole number, 0 or more, or NaN for no limit", agenda=[NAN, value])


def test_an_agenda_beyond_all_numbers_is_no_limit():
    served, unlimited = serve(**given(agenda=[1e300, 1e19])), serve(**given(agenda=[NAN, NAN]))
    np.testing.assert_array_equal(served.approved, unlimited.approved)


def test_nothing_at_all():
    nothing = {name: [] for name in ("release", "preparation", "success", *PER_CASE)}
    served = serve(**given(**nothing))
    assert [array.size for array in served] == [0] * 7


def test_no_slot_and_no_meeting():
    served = serve(**given(slot_start=[], slot_stop=[]))
    assert np.isnan(served.dispatched).all()
    assert served.attempts.tolist() == [0, 0, 0]
    served = serve(**given(meeting_day=[], agenda=[]))
    assert np.isnan(served.approved).all()
    assert served.filed.tolist()[:2] == [4.0, 2.0]


def test_a_horizon_of_nought():
    served = serve(**given(horizon=0.0))
    assert np.isnan(served.dispatched).all()


def test_what_is_given_is_left_alone():
    """Read-only arrays, as pandas gives them, are fine."""
    arrays = {name: np.array(value) for name, value in given().items() if name not in ("notice", "horizon")}
    for array in arrays.values():
        array.flags.writeable = False
    np.testing.assert_array_equal(serve(**given(**arrays)).formed, [6.0, 4.0, NAN])


def test_order_of_rows_says_nothing():
    expected = serve(**given())
    order = [2, 0, 1]
    turned = {name: np.array(given()[name])[order] for name in ("release", "preparation", "success", *PER_CASE)}
    found = serve(**given(**turned))
    for name in HAPPENINGS:
        np.testing.assert_array_equal(getattr(found, name), getattr(expected, name)[order])
