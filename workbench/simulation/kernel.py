"""What happens to the cases of one responsible unit, given every number that chance decides (MODEL §5.2-§5.6).

No randomness lives here: plain arrays in, times out. `serve` is the entry for comparing an outside implementation
of the model with this one, bit for bit; `trace` shows what goes in and what comes out. The compiled parts,
`dispatch.work_through` and `committee.decide`, are what `simulate` runs too.

Responsible units share nothing, so one call serves one responsible unit. All times are working-day times; they are
exact as long as they are multiples of 2^-20 (MODEL §3). NaN means that it never happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbench.simulation.kernels import (
    ABANDONED,
    APPROVALS,
    APPROVED,
    COMMITTEE,
    DIRECT,
    FILED,
    FOUNDS,
    IN_WORK,
    NO_APPROVAL,
    STATES,
    WAITING,
    DispatchInputs,
    Draws,
    Hearings,
    Times,
    decide,
    nobody_waits,
    pool_start,
    release_from,
    room_for_times,
    start_at_release,
    windows,
    work_space,
    work_through,
)

if TYPE_CHECKING:
    from workbench.simulation.setup import Checked

__all__ = [
    "ABANDONED",
    "APPROVALS",
    "APPROVED",
    "COMMITTEE",
    "DIRECT",
    "FILED",
    "FOUNDS",
    "HAPPENINGS",
    "IN_WORK",
    "NO_APPROVAL",
    "STATES",
    "WAITING",
    "Served",
    "serve",
]


#: What happens to a case: the columns that a trace shows of it.
HAPPENINGS = ("dispatched", "filed", "approved", "formed", "mass_org", "attempts")


class Served(NamedTuple):
    """What `serve` gives: one entry per case; times are float64, NaN where it never happened.

    Attributes
    ----------
    dispatched, filed, approved, formed, mass_org
        (n,), working-day times.
    attempts
        (n,), starts; those that failed before t0 are among them, and the one in work.
    called
        (k,), the days of the meetings that were called on demand, in order.
    """

    dispatched: NDArray[np.float64]
    filed: NDArray[np.float64]
    approved: NDArray[np.float64]
    formed: NDArray[np.float64]
    mass_org: NDArray[np.float64]
    attempts: NDArray[np.int64]
    called: NDArray[np.float64]


def serve(
    *,
    release: ArrayLike,
    priority: ArrayLike,
    rank: ArrayLike,
    max_attempts: ArrayLike,
    preparation: ArrayLike,
    success: ArrayLike,
    retry_delay: ArrayLike,
    approval: ArrayLike,
    election_lag: ArrayLike,
    slot_start: ArrayLike,
    slot_stop: ArrayLike,
    meeting_day: ArrayLike,
    agenda: ArrayLike,
    notice: float,
    horizon: float,
    on_demand: tuple[float, float] | None = None,
    called_agenda: float = np.nan,
    t0: float = 0.0,
    state: ArrayLike | None = None,
    since: ArrayLike | None = None,
    attempts_before: ArrayLike | None = None,
) -> Served:
    """Serve the cases of one responsible unit, deterministically: the entry for outside comparison (MODEL §5.2-§5.6).

    Parameters
    ----------
    release, retry_delay, election_lag
        float (n,), working-day times and durations; 0 for no election.
    priority, rank
        int (n,), least first; ranks are distinct.
    max_attempts
        int (n,), at least 1.
    preparation
        float (n, K), working days of attempt 1 … K; NaN beyond ``max_attempts``.
    success
        bool (n, K), whether that attempt succeeds.
    approval
        int (n,), `NO_APPROVAL`, `DIRECT`, `COMMITTEE`, or `FOUNDS` for outreach.
    slot_start, slot_stop
        float (s,), the windows, in slot order.
    meeting_day
        float (m,), rising.
    agenda
        float (m,), cases a meeting hears at most; NaN is unlimited.
    notice
        working days between filing and the meeting (or direct decision).
    on_demand
        (cases, lead): a meeting is called once so many cases are filed and unheard, at least so many working days
        ahead; None: no meeting is called.
    called_agenda
        cases that a called meeting hears at most; NaN is unlimited.
    horizon
        nothing starts at or after it, and what has not happened before it never happened.
    t0
        the start of what is simulated (MODEL §10): nothing is released, started or heard before.
    state
        int (n,), where each case stands at t0: `WAITING`, `IN_WORK`, `FILED`, `APPROVED` or `ABANDONED`, or a trace's
        words for them (`STATES`); by default all wait.
    since
        float (n,), when the attempt in work began, or the case was filed or approved; not read for the others.
    attempts_before
        int (n,), attempts that have failed before; preparation and success count from the first attempt of all, and are
        not read where they are past.

    Returns
    -------
    Served
        arrays (n,), one entry a case.

    Raises
    ------
    ValueError
        an array breaks a rule; the message names the array, the index and the rule.

    Examples
    --------
    One slot, two cases of a day each, a meeting on day 2 that hears one case:

    >>> served = serve(release=[0, 0], priority=[0, 0], rank=[1, 0], max_attempts=[1, 1],
    ...                preparation=[[1.0], [1.0]], success=[[True], [True]], retry_delay=[0, 0],
    ...                approval=[COMMITTEE, COMMITTEE], election_lag=[0.5, 0.5], slot_start=[0], slot_stop=[9],
    ...                meeting_day=[2], agenda=[1], notice=0, horizon=10)
    >>> served.dispatched.tolist(), served.formed.tolist()
    ([1.0, 0.0], [nan, 2.5])
    """
    from workbench.simulation.setup import checked

    given = checked(
        release=release,
        priority=priority,
        rank=rank,
        max_attempts=max_attempts,
        preparation=preparation,
        success=success,
        retry_delay=retry_delay,
        approval=approval,
        election_lag=election_lag,
        slot_start=slot_start,
        slot_stop=slot_stop,
        meeting_day=meeting_day,
        agenda=agenda,
        notice=notice,
        horizon=horizon,
        on_demand=on_demand,
        called_agenda=called_agenda,
        t0=t0,
        state=state,
        since=since,
        attempts_before=attempts_before,
    )
    cases = given.release.size
    rank = np.empty(cases, np.int64)
    rank[np.argsort(given.rank, kind="stable")] = np.arange(cases)
    queue_class = np.unique(given.priority, return_inverse=True)[1].reshape(-1).astype(np.int64)
    classes = int(queue_class.max(initial=-1)) + 1
    window_start, window_stop, window_slots = windows(given.slot_start, given.slot_stop)
    service = DispatchInputs(
        queue_class=queue_class,
        class_start=np.searchsorted(np.sort(queue_class), np.arange(classes + 1)),
        tie=rank,
        max_attempts=np.maximum(given.max_attempts - given.before, 1),
        window_start=window_start,
        window_stop=window_stop,
        window_slots=window_slots,
    )
    draws = Draws(
        survey=rank[None, :].astype(np.float64),  # orders as rank does
        release=given.release[None, :].copy(),
        preparation=np.ascontiguousarray(_to_come(given.preparation, given.before).T)[:, None, :],
        success=np.ascontiguousarray(_to_come(given.success, given.before).T)[:, None, :],
        retry_delay=given.retry_delay[None, :],
        election_word=np.zeros((1, cases), np.uint32),
        election_lag=_not_before(given)[None, :],
    )
    space = work_space(cases, given.slot_start.size, given.meeting_day.size)
    times = room_for_times(1, cases, int(np.ceil(given.horizon)) if given.calls_at else 0)
    horizon = given.horizon
    needs_approval = (given.approval == COMMITTEE) | (given.approval == DIRECT)
    start = pool_start(given.t0, given.state, given.since, given.before, given.max_attempts, needs_approval, rank)
    release_from(start, 1, horizon, draws, times)
    if nobody_waits(service, start):
        start_at_release(1, service, draws, start, horizon, times)
    else:
        released: NDArray[np.float64] = np.asarray(draws.release[0])
        arrivals = np.lexsort((rank, released))
        arriving = np.array([np.searchsorted(released[arrivals], horizon)])
        work_through(1, service, draws, arrivals[None, :], arriving, start, horizon, space, times)
    hearings = Hearings(
        np.where((given.state == APPROVED) & (given.approval != FOUNDS), NO_APPROVAL, given.approval).astype(np.int8),
        given.meeting_day[given.meeting_day >= given.t0],
        given.agenda[given.meeting_day >= given.t0],
        *(given.calls_at, given.calls_ahead, given.called_agenda, given.t0),
    )
    decide(1, hearings, draws, rank, np.array([given.notice]), 0, horizon, space, times)
    return _told(times, given)


def _to_come(values: NDArray[np.generic], before: NDArray[np.int64]) -> NDArray[np.generic]:
    """Each case's attempts from the one after its failures on; what lies beyond the last is its last once more."""
    attempt = np.minimum(np.arange(values.shape[1]) + before[:, None], values.shape[1] - 1)
    return np.take_along_axis(values, attempt, axis=1)


def _not_before(given: Checked) -> NDArray[np.float64]:
    """How long elections take: one that runs already ends at t0 at the earliest."""
    runs = (given.state == APPROVED) | ((given.state == FILED) & (given.approval == NO_APPROVAL))
    return np.where(runs, np.maximum(given.election_lag, given.t0 - given.since), given.election_lag)


def _told(times: Times, given: Checked) -> Served:
    """The times of all cases, NaN where the kernel lists nothing."""
    approval, state = given.approval, given.state

    def listed(cases: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
        return cases[0, : count[0]]

    started, finished = listed(times.started, times.started_count), listed(times.finished, times.finished_count)
    passed, covered = listed(times.passed, times.passed_count), listed(times.covered, times.covered_count)
    founds = approval[finished] == FOUNDS
    columns = {
        "dispatched": (started, times.dispatched),
        "filed": (finished[~founds & (state[finished] != APPROVED)], times.filed),
        "approved": (passed[(approval[passed] != NO_APPROVAL) | (state[passed] == APPROVED)], times.decided),
        "formed": (covered, times.formed),
        "mass_org": (finished[founds], times.filed),
    }
    served = {name: np.full(approval.size, np.nan) for name in columns}
    for name, (happened, values) in columns.items():
        served[name][happened] = values[0, happened]
    attempts = given.before.copy()
    made = np.append(started, np.flatnonzero((state == IN_WORK) | ((state == WAITING) & (given.before > 0))))
    attempts[made] += times.attempts[0, made]
    working = (state == IN_WORK) & (given.before == 0)
    served["dispatched"][working] = given.since[working]
    return Served(**served, attempts=attempts, called=times.called[0, : times.called_count[0]].copy())
