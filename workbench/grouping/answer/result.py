"""A grouping: who joins whom, and the proof of how good it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from workbench.grouping.answer.reasons import Why, reason_words
from workbench.grouping.problem import Floats, Ints, Problem, Texts
from workbench.grouping.search import Monitor, Solved
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import decimal, percent
from workbench.shown import Shown
from workbench.version import VERSION

if TYPE_CHECKING:
    from workbench.grouping.answer.check import Report
    from workbench.grouping.answer.explain import Explanation
    from workbench.inputs.scenario import Scenario


@dataclass(frozen=True)
class Proof:
    """What is proven of an answer: bounds on coverage (from above) and cost (from below), and how it ended."""

    covered_bound: float
    cost_bound: float
    status: str
    stopped_by: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Grouping(Shown):
    """Who joins whom; frozen. n units covered.

    Attributes
    ----------
    assignment
        one row a covered unit, by org_id: org_id, facility_kind (peer, host, community), facility_id,
        distance_km, cost. A leading peer is at itself with distance and cost 0; a pinned unit without a place
        counts distance 0.
    groups
        one row a group: facility_kind, facility_id, street (the facility's), units, members, distance_km
        (mean over its units), cost (opening included).
    left_out
        one row a unit that nobody took, by org_id: org_id, reason (a code; `reasons` has the words, and the names
        of the demands that leave it out).
    covered, covered_bound
        units covered, and what no grouping can exceed.
    cost
        total, openings included (km and weights, MODEL §8).
    cost_bound
        no grouping that covers at least `covered` units costs less; NaN for hand methods.
    status
        ``optimal``, ``within_gap``, ``effort_spent``, ``time_limit``, ``cancelled``, or ``by_hand``.
    stopped_by
        what stopped the search before a proof: ``gap``, ``time_limit``, ``cancelled``, or the limit of the effort
        that struck in the part where most is open: ``coverage`` (that more cannot be covered), ``size`` (of parts
        that are cut), ``cuts`` (their rounds), ``lists`` (groups in one), ``looks`` (at HiGHS's search); empty where
        it is proven, and for hand methods.
    trace
        how the answer came about: seconds, covered, covered_bound, cost, cost_bound.
    seconds
        how long it took.
    provenance
        version, method, effort, seed, fingerprints of the scenario and of the problem.
    """

    shown_table = "groups"

    assignment: pd.DataFrame
    groups: pd.DataFrame
    left_out: pd.DataFrame
    covered: int
    covered_bound: int
    cost: float
    cost_bound: float
    status: str
    trace: pd.DataFrame
    seconds: float
    provenance: dict[str, object]
    _problem: Problem = field(repr=False)
    stopped_by: str = ""
    _why: Why = field(repr=False, default_factory=dict)
    _solved: Solved = field(repr=False, default_factory=dict)

    @property
    def gap(self) -> float:
        """(cost - bound) / bound; NaN while coverage is not proven, because it would mean nothing."""
        if self.covered < self.covered_bound or np.isnan(self.cost_bound):
            return float("nan")
        if self.cost <= self.cost_bound:
            return 0.0
        return (self.cost - self.cost_bound) / self.cost_bound if self.cost_bound > 0 else float("inf")

    @property
    def reasons(self) -> pd.DataFrame:
        """Who is left out and why: org_id, reason, words (in the language in use; demands that do it by name)."""
        words = [
            reason_words(code, self._why.get(org_id, ()))
            for org_id, code in zip(self.left_out["org_id"], self.left_out["reason"], strict=True)
        ]
        return self.left_out.assign(words=pd.Series(words, index=self.left_out.index, dtype="str"))

    def summary(self) -> str:
        """The answer in a few rounded lines, in the language in use."""
        if not self.covered and not len(self.left_out):
            return text("grouping.no_units")
        kinds = self.groups["facility_kind"].value_counts()
        lines = [
            text(
                "grouping.covered",
                covered=self.covered,
                units=self.covered + len(self.left_out),
                bound=self.covered_bound,
            ),
            text(
                "grouping.groups",
                peer=int(kinds.get("peer", 0)),
                community=int(kinds.get("community", 0)),
                host=int(kinds.get("host", 0)),
                km=decimal(self.assignment["distance_km"].mean() if self.covered else 0.0, 2),
            ),
        ]
        if np.isnan(self.cost_bound):
            lines.append(text("grouping.cost_by_hand", cost=decimal(self.cost)))
        else:
            gap = "-" if np.isnan(self.gap) else percent(self.gap)
            lines.append(text("grouping.cost", cost=decimal(self.cost), bound=decimal(self.cost_bound), gap=gap))
        status = text(f"status.{self.status}")
        if self.status == "effort_spent":
            status = text("grouping.stopped_by", status=status, limit=text(f"stopped_by.{self.stopped_by}"))
        lines.append(text("grouping.status", status=status))
        for reason, count in self.left_out["reason"].value_counts().sort_index().items():
            lines.append(text("grouping.left_out", count=count, reason=text(f"reason.{reason}")))
        return "\n".join(lines)

    @asked
    def moved_from(self, start: Grouping) -> int:
        """How many units are not where they were: elsewhere now, left out now, or taken in; new and gone ones apart.

        Parameters
        ----------
        start
            the grouping to compare with, such as last week's.
        """
        before, now = (
            {
                **dict.fromkeys(grouping.left_out["org_id"]),
                **dict(
                    zip(
                        grouping.assignment["org_id"],
                        zip(grouping.assignment["facility_kind"], grouping.assignment["facility_id"], strict=True),
                        strict=True,
                    )
                ),
            }
            for grouping in (start, self)
        )
        return sum(before[unit] != place for unit, place in now.items() if unit in before)

    @asked
    def check(self, register: pd.DataFrame, scenario: Scenario) -> Report:
        """Recompute every rule and every figure from the register, with none of the solver's code."""
        from workbench.grouping.answer.check import check_grouping

        return check_grouping(self, register, scenario)

    def explain(self, org_id: str) -> Explanation:
        """Why a unit is where it is and what its next best place would cost; or what would bring it in.

        Raises
        ------
        NotAUnitError
            the organization is not a unit of this grouping; it is a KeyError, too.
        """
        from workbench.grouping.answer.explain import explain_unit

        return explain_unit(self, self._problem, org_id)


def grouping_of(
    problem: Problem,
    chosen: Ints,
    reasons: tuple[Texts, Why],
    proof: Proof,
    monitor: Monitor,
    scenario: Scenario,
    how: dict[str, object],
    solved: Solved,
) -> Grouping:
    """Put an assignment of units into tables.

    Parameters
    ----------
    chosen
        (n,) int64, the facility of each unit, -1 where left out.
    reasons
        (n,) a reason code for each unit, were it left out; and the demands that leave some out.
    how
        method, effort and seed, for the provenance.
    solved
        parts that need no second search.
    """
    units, facilities, arcs = problem.units, problem.facilities, problem.arcs
    taken = np.flatnonzero(chosen >= 0)
    where = chosen[taken]
    at = arcs.find(taken, where)
    distance, cost = arcs.distance[at], arcs.cost[at]
    assignment = pd.DataFrame(
        {
            "org_id": _text(units.ids[taken]),
            "facility_kind": _text(facilities.kind_names[where]),
            "facility_id": _text(facilities.ids[where]),
            "distance_km": distance,
            "cost": cost,
        }
    )
    out = np.flatnonzero(chosen < 0)
    left_out = pd.DataFrame({"org_id": _text(units.ids[out]), "reason": _text(reasons[0][out])})
    groups = _groups(problem, taken, where, distance, cost)
    total = float(cost.sum() + facilities.opening[np.unique(where)].sum())
    bound = proof.cost_bound if proof.status not in ("optimal",) else total
    provenance = {
        "version": VERSION,
        **how,
        "scenario": scenario.fingerprint,
        "problem": fingerprint(problem),
    }
    return Grouping(
        assignment,
        groups,
        left_out,
        len(taken),
        int(proof.covered_bound),
        total,
        min(bound, total),
        proof.status,
        monitor.trace(),
        monitor.seconds,
        provenance,
        problem,
        proof.stopped_by,
        reasons[1],
        solved,
    )


def fingerprint(problem: Problem) -> str:
    """A hash of what the answer depends on: units, facilities, pairings and demands."""
    digest = blake2b(digest_size=16)
    for names in (problem.units.ids, problem.facilities.ids):
        digest.update("\0".join(names).encode())
    for numbers in (
        problem.units.members,
        problem.facilities.kind,
        problem.facilities.capacity,
        problem.facilities.need,
        problem.facilities.opening,
        problem.arcs.unit,
        problem.arcs.facility,
        problem.arcs.cost,
        problem.demands.block,
        problem.demands.conflicts,
        problem.demands.pinned,
    ):
        digest.update(np.ravel(numbers).data)
    return digest.hexdigest()


def _groups(problem: Problem, taken: Ints, where: Ints, distance: Floats, cost: Floats) -> pd.DataFrame:
    facilities = problem.facilities
    count = np.bincount(where, minlength=len(facilities))
    used = np.flatnonzero(count)
    members = np.bincount(where, problem.units.members[taken], len(facilities)).astype(np.int64)
    length = np.bincount(where, distance, len(facilities))
    spent = np.bincount(where, cost, len(facilities)) + facilities.opening
    return pd.DataFrame(
        {
            "facility_kind": _text(facilities.kind_names[used]),
            "facility_id": _text(facilities.ids[used]),
            "street": _text(facilities.street[used]),
            "units": count[used].astype(np.int64),
            "members": members[used],
            "distance_km": length[used] / count[used],
            "cost": spent[used],
        }
    )


def _text(values: Texts) -> pd.Series[str]:
    return pd.Series(values, dtype="str")
