"""What the kernel's arrays must satisfy, checked before any compiled code reads them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.simulation.kernels import (
    APPROVED,
    COMMITTEE,
    DIRECT,
    FILED,
    FOUNDS,
    IN_WORK,
    NO_APPROVAL,
    STATES,
    UNLIMITED,
    WAITING,
)

#: Beyond this a double no longer tells neighbouring whole numbers apart.
LARGEST = 2.0**53


class Checked(NamedTuple):
    """The kernel's arrays with their exact types."""

    release: NDArray[np.float64]
    priority: NDArray[np.int64]
    rank: NDArray[np.int64]
    max_attempts: NDArray[np.int64]
    preparation: NDArray[np.float64]
    success: NDArray[np.bool_]
    retry_delay: NDArray[np.float64]
    approval: NDArray[np.int8]
    election_lag: NDArray[np.float64]
    slot_start: NDArray[np.float64]
    slot_stop: NDArray[np.float64]
    meeting_day: NDArray[np.float64]
    agenda: NDArray[np.int64]
    notice: float
    horizon: float
    calls_at: np.int64
    calls_ahead: float
    called_agenda: np.int64
    t0: float
    state: NDArray[np.int8]
    since: NDArray[np.float64]
    before: NDArray[np.int64]


def _refuse_where(wrong: NDArray[np.bool_], name: str, values: NDArray[np.generic], rule: str) -> None:
    if wrong.any():
        index = tuple(int(i) for i in np.argwhere(wrong)[0])
        where = ", ".join(map(str, index))
        raise ValueError(f"{name}[{where}] = {values[index]}: {rule}")


def _floats(values: ArrayLike, name: str, size: int | None = None) -> NDArray[np.float64]:
    array = np.array(values, dtype=np.float64).reshape(-1) if np.ndim(values) <= 1 else np.array(values, np.float64)
    if array.ndim != 1:
        raise ValueError(f"{name} has {array.ndim} dimensions: it must have one")
    if size is not None and array.size != size:
        raise ValueError(f"{name} has {array.size} entries: it must have {size}, one a case, slot or meeting")
    return array


def _whole(values: ArrayLike, name: str, size: int) -> NDArray[np.int64]:
    array = _floats(values, name, size)
    wrong = ~np.isfinite(array) | (array != np.floor(array)) | (np.abs(array) > LARGEST)
    _refuse_where(wrong, name, array, "must be a whole number, 2^53 at most")
    return array.astype(np.int64)


def _times(values: ArrayLike, name: str, size: int | None = None) -> NDArray[np.float64]:
    array = _floats(values, name, size)
    _refuse_where(~np.isfinite(array) | (array < 0), name, array, "must be finite and not negative")
    return array


def _states(
    t0: float,
    n: int,
    state: ArrayLike | None,
    since: ArrayLike | None,
    attempts_before: ArrayLike | None,
) -> tuple[NDArray[np.int8], NDArray[np.float64], NDArray[np.int64]]:
    """Where cases stand at t0, since when, and after how many failures."""
    if state is not None and np.asarray(state).dtype.kind in "UO":
        # The words of a trace, too.
        state = [STATES.index(word) if word in STATES else -1 for word in np.asarray(state).tolist()]
    stands = np.zeros(n, np.int64) if state is None else _whole(state, "state", n)
    _refuse_where(~np.isin(stands, range(len(STATES))), "state", stands, f"must be 0 … 4: {', '.join(STATES)}")
    before = np.zeros(n, np.int64) if attempts_before is None else _whole(attempts_before, "attempts_before", n)
    _refuse_where(before < 0, "attempts_before", before, "must not be negative")
    when = np.full(n, np.nan) if since is None else _floats(since, "since", n)
    dated = np.isin(stands, (IN_WORK, FILED, APPROVED))
    rule = f"must not be after t0 = {t0} where a case is in work, filed or approved"
    _refuse_where(dated & ~((when <= t0) & np.isfinite(when)), "since", when, rule)
    return stands.astype(np.int8), np.where(dated, when, np.nan), before


def checked(
    *,
    on_demand: tuple[float, float] | None,
    state: ArrayLike | None,
    since: ArrayLike | None,
    attempts_before: ArrayLike | None,
    **given: ArrayLike,
) -> Checked:
    """The arrays of `kernel.serve`, typed, or a ValueError that names array, index and rule."""
    release = _times(given["release"], "release")
    n = release.size
    max_attempts = _whole(given["max_attempts"], "max_attempts", n)
    _refuse_where(max_attempts < 1, "max_attempts", max_attempts, "must be at least 1")
    rank = _whole(given["rank"], "rank", n)
    order = np.argsort(rank, kind="stable")
    again = np.zeros(n, dtype=bool)
    again[order[1:]] = np.diff(rank[order]) == 0
    _refuse_where(again, "rank", rank, "ranks must be distinct")

    preparation = np.array(given["preparation"], dtype=np.float64)
    success = np.array(given["success"])
    if n == 0:
        preparation, success = np.zeros((0, 1)), np.zeros((0, 1), dtype=bool)
    if preparation.ndim != 2 or preparation.shape[0] != n:
        raise ValueError(f"preparation has shape {preparation.shape}: it must have {n} rows, one column an attempt")
    if success.shape != preparation.shape:
        raise ValueError(f"success has shape {success.shape}: it must have that of preparation, {preparation.shape}")
    t0 = float(_times(given["t0"], "t0")[0])
    stands, when, before = _states(t0, n, state, since, attempts_before)
    # The attempt in work is made whatever the rule says.
    last = np.where(stands == IN_WORK, np.maximum(max_attempts, before + 1), max_attempts)
    attempts = preparation.shape[1]
    _refuse_where(max_attempts > attempts, "max_attempts", max_attempts, f"preparation has only {attempts} columns")
    _refuse_where(last > attempts, "attempts_before", before, f"preparation has only {attempts} columns")
    comes = np.isin(stands, (WAITING, IN_WORK))[:, None] & (np.arange(attempts)[None, :] >= before[:, None])
    needed = comes & (np.arange(attempts)[None, :] < last[:, None])
    wrong = needed & ~(np.isfinite(preparation) & (preparation >= 0))
    _refuse_where(wrong, "preparation", preparation, "must be finite and not negative within max_attempts")
    as_number = success.astype(np.float64)
    wrong = needed & (as_number != 0) & (as_number != 1)
    _refuse_where(wrong, "success", as_number, "must be true or false within max_attempts")

    approval = _whole(given["approval"], "approval", n)
    known = np.isin(approval, (NO_APPROVAL, DIRECT, COMMITTEE, FOUNDS))
    _refuse_where(~known, "approval", approval, "must be 0 (none), 1 (direct), 2 (committee) or 3 (founds)")

    slot_start = _times(given["slot_start"], "slot_start")
    slot_stop = _times(given["slot_stop"], "slot_stop", slot_start.size)
    _refuse_where(slot_stop < slot_start, "slot_stop", slot_stop, "a window must not end before it starts")

    meeting_day = _times(given["meeting_day"], "meeting_day")
    behind = np.concatenate([[False], np.diff(meeting_day) <= 0])[: meeting_day.size]
    _refuse_where(behind, "meeting_day", meeting_day, "meetings must be in rising order, each day once")
    agenda = _floats(given["agenda"], "agenda", meeting_day.size)
    limited = ~np.isnan(agenda)
    wrong = limited & ~((agenda >= 0) & (agenda == np.floor(agenda)) & np.isfinite(agenda))
    _refuse_where(wrong, "agenda", agenda, "must be a whole number, 0 or more, or NaN for no limit")
    room = np.full(agenda.size, UNLIMITED, dtype=np.int64)
    room[limited] = np.minimum(agenda[limited], UNLIMITED).astype(np.int64)
    calls_at, calls_ahead = (0.0, 1.0) if on_demand is None else _floats(on_demand, "on_demand", 2)
    if on_demand is not None and not (calls_at >= 1 and calls_at == np.floor(calls_at) and calls_at < LARGEST):
        raise ValueError(f"on_demand[0] = {calls_at}: must be a whole number of cases, 1 or more")
    if not (calls_ahead >= 1 and np.isfinite(calls_ahead)):
        raise ValueError(f"on_demand[1] = {calls_ahead}: must be 1 working day or more")
    called_agenda = float(_floats(given["called_agenda"], "called_agenda", 1)[0])
    if not (np.isnan(called_agenda) or (called_agenda >= 0 and called_agenda == np.floor(called_agenda))):
        raise ValueError(f"called_agenda = {called_agenda}: must be a whole number, 0 or more, or NaN for no limit")

    notice, horizon = (float(_times(given[name], name)[0]) for name in ("notice", "horizon"))
    return Checked(
        release,
        _whole(given["priority"], "priority", n),
        rank,
        max_attempts,
        preparation,
        as_number == 1,
        _times(given["retry_delay"], "retry_delay", n),
        approval.astype(np.int8),
        _times(given["election_lag"], "election_lag", n),
        slot_start,
        slot_stop,
        meeting_day,
        room,
        notice,
        horizon,
        np.int64(calls_at),
        float(calls_ahead),
        UNLIMITED if np.isnan(called_agenda) else np.int64(min(called_agenda, LARGEST)),
        t0,
        stands,
        when,
        before,
    )
