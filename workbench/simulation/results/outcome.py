"""What many replications show: coverage by day and responsible unit, probabilities, cases, waits (MODEL §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import Rule, as_date, as_path, as_shares, broken, checked, choice, refuse
from workbench.errors import Fault
from workbench.inputs.scenario import Calendar, Scenario
from workbench.labels import text
from workbench.numbers import iso_date, percent, target_percent
from workbench.shown import Shown
from workbench.simulation.kernels import STAGES, TICK, Counters
from workbench.simulation.results import breakdowns, waits
from workbench.simulation.results.breakdowns import By
from workbench.simulation.results.estimate import Estimate, wilson
from workbench.simulation.results.facts import add_facts, at_the_start, sure
from workbench.simulation.results.labelled import offered_days, organizations_of
from workbench.simulation.results.odd_dates import findings_in, with_findings
from workbench.simulation.setup import BEFORE_ALL, KINDS, Setup, coverable
from workbench.targets import reaches

if TYPE_CHECKING:
    import xarray as xr

Target = Literal["organization", "work"]

VARIABLES: dict[str, str] = {"organization": "organizations_with_branch", "work": "organizations_with_work"}

#: What people take for a workbook or a table, and what an outcome is not.
OTHER_FORMATS = (".xlsx", ".xls", ".csv", ".parquet", ".json", ".docx", ".html", ".pdf", ".png", ".yaml")


@dataclass(frozen=True, eq=False, repr=False)
class Outcome(Shown):
    """The result of a simulation.

    Attributes
    ----------
    dataset
        xarray Dataset, int32 (replication, day, responsible unit): ``organizations_with_branch`` and
        ``organizations_with_work``, counts at the end of each working day; coordinates are dates and names. With
        ``keep="city"`` without the responsible unit dimension.
    organizations
        DataFrame by org_id: responsible, street, supervisor, industry, tier, branch and worked (at the start),
        assigned (has an instructor assigned apart from work), case
        (its number in `cases`, -1 for none), kind (of the case; ``"branch"`` or ``"none"`` without one). Of a forecast
        what each has at t0, and the cases that are left then.
    case_days
        xarray Dataset, whole numbers (case, day): on how many replications each case was dispatched and counted
        as formed on that day.
    stages
        xarray Dataset (responsible unit, kind, stage): working days spent, and how many cases passed, over all
        replications; through and watched, cases by kind, stage and length in whole working days: so long to get
        through, and so long watched of those who did not; and slot days worked and offered by responsible unit.
    scenario, provenance
        what it rests on.
    """

    shown_table = ""
    shown_figure = "fan"

    dataset: xr.Dataset
    organizations: pd.DataFrame
    case_days: xr.Dataset
    stages: xr.Dataset
    scenario: Scenario
    provenance: dict[str, Any]

    @classmethod
    def of(cls, setup: Setup, counters: Counters, keep: str, provenance: dict[str, Any]) -> Outcome:
        """Label the counters."""
        import xarray as xr

        cases, calendar = setup.cases, setup.calendar
        organizations = organizations_of(setup)
        days = calendar.dates(setup.days)
        replications, responsible_units = (
            np.arange(counters.branches.shape[1]),
            np.array(cases.responsible_units, dtype=object),
        )
        dims = ["replication", "day", "responsible"]
        coordinates: dict[str, Any] = {
            "replication": replications,
            "day": days.to_numpy(),
            "responsible": responsible_units,
        }
        add_facts(setup, counters)
        units = cases.organizations["responsible"].to_numpy(dtype=np.int64)
        counted = (np.bincount(units[had], minlength=len(responsible_units)) for had in at_the_start(setup))
        at_start = dict(zip(("branches", "works"), counted, strict=True))
        if (assigned_on := setup.assignment.counted_on) != BEFORE_ALL:
            newly = cases.organizations["responsible"].to_numpy()[setup.assigned & ~organizations["worked"].to_numpy()]
            newly = np.bincount(newly, minlength=len(responsible_units)).astype(np.int32)
            counters.works[:, :, assigned_on] += (newly if keep == "responsible" else newly.sum(keepdims=True))[:, None]
        variables = {}
        for name, counter in zip(VARIABLES.values(), ("branches", "works"), strict=True):
            begun = at_start[counter] if keep == "responsible" else at_start[counter].sum(keepdims=True)
            counts = getattr(counters, counter)
            np.cumsum(counts, axis=2, out=counts)
            counts += begun.astype(np.int32)[:, None, None]
            # A view: the kernel counts responsible unit by responsible unit, people read replication by day by
            # responsible unit.
            variables[name] = (dims, np.moveaxis(counts, 0, 2)) if keep == "responsible" else (dims[:2], counts[0])
        if keep == "city":
            del coordinates["responsible"]
        frame = cases.frame()
        through, watched = waits.by_length(counters)
        offered = offered_days(setup)
        return cls(
            dataset=xr.Dataset(variables, coordinates),
            organizations=organizations,
            case_days=xr.Dataset(
                {
                    "dispatched": (["case", "day"], counters.dispatched_on),
                    "formed": (["case", "day"], counters.formed_on),
                    "kind": ("case", frame["kind"].to_numpy(dtype=object)),
                    "responsible": ("case", frame["responsible"].to_numpy(dtype=object)),
                    "units": ("case", frame["units"].to_numpy()),
                },
                {"case": frame["case"].to_numpy(dtype=object), "day": days.to_numpy()},
            ),
            stages=xr.Dataset(
                {
                    "days": (["responsible", "kind", "stage"], counters.stage_ticks * TICK),
                    "cases": (["responsible", "kind", "stage"], counters.stage_count),
                    "through": (["kind", "stage", "length"], through),
                    "watched": (["kind", "stage", "length"], watched),
                    "worked": ("responsible", counters.worked_ticks * TICK),
                    "offered": ("responsible", offered),
                    "instructors": (
                        "responsible",
                        np.array([setup.instructors.get(s, 0) for s in cases.responsible_units]),
                    ),
                },
                {
                    "responsible": responsible_units,
                    "kind": np.array(KINDS, dtype=object),
                    "stage": np.array(STAGES, dtype=object),
                },
            ),
            scenario=setup.scenario,
            provenance=provenance,
        )

    @cached_property
    def calendar(self) -> Calendar:
        """The working-day calendar of the scenario."""
        return Calendar.of(self.scenario.calendar)

    @property
    def replications(self) -> int:
        """How many replications there are."""
        return int(self.dataset.sizes["replication"])

    @property
    def as_of(self) -> date | None:
        """Of a forecast the day whose end it starts from: what is dated later was not known; None of a simulation."""
        day = self.provenance.get("as_of")
        return None if day is None else date.fromisoformat(day)

    @property
    def posterior(self) -> pd.DataFrame | None:
        """What a forecast learnt about the uncertain factors; None where it did not learn.

        Returns
        -------
        pd.DataFrame
            by factor: prior_mean, prior_low, prior_high (90 %), mean, low, high (90 %, after what was observed), and
            effective, the draws of the prior that the posterior rests on.
        """
        rows = self.provenance.get("posterior")
        return None if rows is None else pd.DataFrame(rows).set_index("factor")

    @property
    def findings(self) -> tuple[Fault, ...]:
        """What is odd about the dates that a forecast starts from, and how it was taken; many of a kind are one."""
        return findings_in(self.provenance)

    @cached_property
    def total(self) -> int:
        """N, the organizations that coverage is a share of."""
        return len(self.organizations)

    def counts(self, target: Target = "organization") -> xr.DataArray:
        """Organizations of the city covered, (replication, day)."""
        choice("target", target, VARIABLES)
        counts = self.dataset[VARIABLES[target]]
        return counts.sum("responsible") if "responsible" in counts.dims else counts

    def wanted(self, target: Target) -> float:
        """The target as a share."""
        choice("target", target, VARIABLES)
        return float(getattr(self.scenario.targets, target))

    @property
    def coverage(self) -> xr.DataArray:
        """Organization coverage, a share, (replication, day)."""
        return self.counts("organization") / max(self.total, 1)

    @property
    def work_coverage(self) -> xr.DataArray:
        """Work coverage, a share, (replication, day)."""
        return self.counts("work") / max(self.total, 1)

    @property
    def predicted_from(self) -> date | None:
        """The first date that rests on predicted holidays, where the deadline is none before it; else None."""
        return self.calendar.predicted_from if self.calendar.is_predicted(self.deadline) else None

    @property
    def deadline(self) -> date:
        """The last working day that counts."""
        return self.calendar.date_of(self.calendar.deadline_day)

    def day_number(self, by: date | str | None = None) -> int:
        """The working day of a date by which things are counted; by default the deadline's."""
        if by is None:
            return self.calendar.deadline_day
        day = self.calendar.day_by(as_date(by, "by"))
        if not 0 <= day < self.dataset.sizes["day"]:
            raise ValueError(text("error.day_not_simulated", day=str(by)))
        return day

    def by_deadline(self, target: Target = "organization", by: date | str | None = None) -> NDArray[np.float64]:
        """Coverage at the deadline (or by another date), a share, one number a replication."""
        return np.asarray(self.counts(target).to_numpy()[:, self.day_number(by)] / max(self.total, 1))

    def probability(self, target: Target = "organization", by: date | str | None = None) -> Estimate:
        """P(coverage >= target) by the deadline, with its 95 % Wilson interval.

        Parameters
        ----------
        target
            ``"organization"`` or ``"work"``; the scenario's ``targets`` say how much.
        by
            another date than the deadline. Of each responsible unit: `probabilities`.

        Returns
        -------
        Estimate
            the interval covers Monte Carlo noise only. What the uncertain parameters do is in the value.
        """
        covered = self.counts(target).to_numpy()[:, self.day_number(by)]
        return wilson(int(reaches(covered, self.wanted(target), self.total).sum()), self.replications)

    def expected(self, target: Target = "organization", by: date | str | None = None) -> float:
        """Mean coverage by the deadline (or by another date), a share."""
        # Whole numbers until they are divided: the last bit is right.
        covered = self.counts(target).to_numpy()[:, self.day_number(by)].sum(dtype=np.int64)
        return int(covered) / (max(self.total, 1) * self.replications)

    def quantiles(
        self,
        levels: tuple[float, ...] = (0.05, 0.25, 0.5, 0.75, 0.95),
        target: Target = "organization",
        responsible: str | None = None,
    ) -> pd.DataFrame:
        """The fan: quantiles of coverage by day, one row per day, one column per level.

        Parameters
        ----------
        levels
            shares of the replications.
        target
            ``"organization"`` or ``"work"``.
        responsible
            of this responsible unit's own organizations; None: of the city.
        """
        levels = tuple(as_shares("levels", levels))
        if responsible is None:
            share = self.counts(target).to_numpy() / max(self.total, 1)
        else:
            share = breakdowns.counts_of(self, target, responsible) / breakdowns.size_of(self, responsible)
        fan = np.quantile(share, levels, axis=0).T
        return pd.DataFrame(fan, index=self.calendar.dates(share.shape[1]), columns=list(levels))

    def date_reaching(self, confidence: float = 0.9, target: Target = "organization") -> date | None:
        """The first working day by which P(coverage >= target) reaches `confidence`; None within the horizon."""
        (confidence,) = checked(any_confidence=confidence)
        times = reaches(self.counts(target).to_numpy(), self.wanted(target), self.total).sum(axis=0)
        reached = reaches(times, confidence, self.replications)
        return self.calendar.date_of(int(np.argmax(reached))) if reached.any() else None

    @cached_property
    def cases(self) -> pd.DataFrame:
        """One row a case, by its lead's org_id.

        Columns: kind, responsible unit (the pool), units; p_dispatched and p_formed, shares of replications by the
        deadline; formed_mean, formed_q10, formed_q50, formed_q90, working-day numbers of the formation day given that
        it is formed within the horizon (NaN where it never is).
        """
        days = self.case_days
        formed, dispatched = days["formed"].to_numpy(), days["dispatched"].to_numpy()
        in_time = self.calendar.deadline_day + 1
        times = formed.sum(axis=1)
        with np.errstate(invalid="ignore"):
            mean = (formed @ np.arange(formed.shape[1])) / times
        cumulated = formed.cumsum(axis=1)
        table = pd.DataFrame(
            {
                "kind": days["kind"].to_numpy(),
                "responsible": days["responsible"].to_numpy(),
                "units": days["units"].to_numpy(),
                "p_dispatched": dispatched[:, :in_time].sum(axis=1) / self.replications,
                "p_formed": formed[:, :in_time].sum(axis=1) / self.replications,
                "formed_mean": mean,
            },
            index=pd.Index(days["case"].to_numpy(), name="case", dtype="str"),
        )
        for level in (0.1, 0.5, 0.9):
            # The least day by which that share of the formations has happened.
            needed = np.ceil(level * times)[:, None]
            day = (cumulated < needed).sum(axis=1).astype(np.float64)
            table[f"formed_q{int(level * 100)}"] = np.where(times > 0, day, np.nan)
        return table.astype({"kind": "str", "responsible": "str"})

    @property
    def undispatched(self) -> pd.DataFrame:
        """Who may be left without an instructor by the deadline, which keeps work coverage under 100 %.

        Returns
        -------
        DataFrame : the rows of `cases` that are not dispatched in every replication, surest first: kind, responsible
        unit, units
            and `never`, the share of replications in which no instructor comes by the deadline (1: never at all).
        """
        orgs = self.organizations
        waits = orgs["case"][~self.assigned_in_time].to_numpy()
        never = (1.0 - self.cases["p_dispatched"]).where(np.isin(np.arange(len(self.cases)), waits), 0.0)
        table = self.cases[["kind", "responsible", "units"]].assign(never=never)[never > 0.0]
        return table.sort_values("never", ascending=False, kind="stable")

    def breakdown(self, by: By | Sequence[By] = "responsible") -> pd.DataFrame:
        """Coverage by the deadline in groups of organizations.

        Parameters
        ----------
        by
            ``"responsible"``, ``"street"``, ``"supervisor"``, ``"industry"`` or ``"tier"`` (each the organization's
            own, also where another one's case covers it), or ``"kind"`` (of its case); or several of them.

        Returns
        -------
        pd.DataFrame
            DataFrame by group (or groups): organizations; at_start, with a branch at the start; possible, with one at
            best; expected and expected_work, means over replications; coverage, ceiling, work_coverage, shares.
        """
        return breakdowns.coverage(self, by)

    def work_breakdown(self, by: By | Sequence[By] = "responsible") -> pd.DataFrame:
        """Who has an instructor by the deadline, assigned and at work told apart, in groups of organizations.

        Parameters
        ----------
        by
            as for `breakdown`.

        Returns
        -------
        pd.DataFrame
            one row per group: organizations; at_start, with a branch, an instructor or a mass organization at the
            start; assigned, further ones with an instructor assigned by the deadline; at_work, further ones (than
            at the start) on whose case an instructor has begun, a mean; assigned_share and at_work_share, of those
            without work at the start (NaN where there are none).
        """
        return breakdowns.work(self, by)

    def work_by_day(self) -> pd.DataFrame:
        """Where organizations stand with their instructors, day by day: means over replications.

        Returns
        -------
        pd.DataFrame
            one row per working day: at_start, with a branch, an instructor or a mass organization at the start;
            at_work, further ones on whose case an instructor has begun; assigned, further ones that have an instructor
            assigned and no work begun. Where assignment counts the three add up to the mean of work coverage.
        """
        return breakdowns.work_by_day(self)

    def probabilities(self, target: Target = "organization", by: date | str | None = None) -> pd.DataFrame:
        """P(coverage >= target) of each responsible unit's own organizations, by the deadline.

        Parameters
        ----------
        target, by
            as for `probability`.

        Returns
        -------
        pd.DataFrame
            by responsible unit: organizations; probability, low and high, its 95 % Wilson interval; expected, mean
            coverage.

        Raises
        ------
        ArgumentError
            the outcome keeps no coverage by responsible unit (``keep="city"``).
        """
        return breakdowns.probabilities(self, target, by)

    @property
    def assigned_in_time(self) -> NDArray[np.bool_]:
        """Which organizations count as work by the deadline because an instructor is assigned to them."""
        policy, day = self.scenario.policy, self.assignment_day
        counts = policy.work_from == "assigned" and day is not None and day <= self.calendar.deadline_day
        return self.organizations["assigned"].to_numpy(dtype=bool) & counts

    @property
    def assignment_day(self) -> int | None:
        """The working day on which instructors are assigned; None where that is apart from nothing, or too late."""
        rules = self.scenario.instructors
        day = self.calendar.day_from(rules.assigned_on)
        return None if rules.standing is None or day > self.calendar.horizon_day else day

    @property
    def ceiling(self) -> float:
        """The share that is covered at best: with a branch, or a unit of a case that can form one."""
        orgs = self.organizations
        return int(coverable(orgs["branch"].to_numpy(), orgs["kind"].to_numpy()).sum()) / max(self.total, 1)

    @cached_property
    def passages(self) -> pd.DataFrame:
        """How many cases came to each stage, how many got through within what was simulated, and how long it takes.

        Returns
        -------
        pd.DataFrame
            by kind and stage: entered (of all cases; a mean over replications), passed, never (entered and did not
            get through), mean, working days as in `waits`, and longer, the share that waits longer than any case could
            be watched: where it is above 0, the mean is what the wait is at least.
        """
        return waits.passages(self)

    @cached_property
    def waits(self) -> pd.DataFrame:
        """Mean working days of each stage by case kind; NaN where nobody got through.

        Stages: dispatch (released until started), preparation (until filed, with retries), approval, election. Who was
        still waiting at the end counts as having waited at least so long (Kaplan and Meier 1958), so that a slower
        stage never reads as a quicker one; who is abandoned after its last attempt has no part in the mean.
        `passages` says how many got through.
        """
        mean = self.passages["mean"].to_numpy().reshape(len(KINDS), len(STAGES))
        return pd.DataFrame(mean, index=pd.Index(KINDS, name="kind"), columns=list(STAGES))

    @cached_property
    def utilisation(self) -> pd.Series[float]:
        """Share of the slots' open time spent on cases, by pool; NaN for a pool without slots."""
        with np.errstate(invalid="ignore", divide="ignore"):
            share = self.stages["worked"].to_numpy() / (self.stages["offered"].to_numpy() * self.replications)
        responsible_units = pd.Index(self.stages["responsible"].to_numpy(), name="responsible", dtype="str")
        return pd.Series(share, index=responsible_units, name="utilisation")

    def summary(self) -> str:
        """The answer in a few rounded lines, in the language in use."""
        said = text(
            "outcome.summary", replications=self.replications, ceiling=percent(self.ceiling),
            target=target_percent(self.scenario.targets.organization), deadline=iso_date(self.deadline),
            probability=sure(self, "organization"), expected=percent(self.expected("organization")),
            work_probability=sure(self, "work"), work_expected=percent(self.expected("work")),
        )  # fmt: skip
        return with_findings(said, self.provenance)

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches were left out of the simulation; else 0."""
        if "ungrouped" in self.provenance or self.provenance.get("grouping_fingerprint") != "none":
            return int(self.provenance.get("ungrouped", 0))
        # Saved by an older version.
        orgs, joint = self.organizations, self.scenario.policy.two_members == "joint"
        return int(orgs["tier"].isin(("T1", "T2") if joint else ("T1",)).sum())

    def save(self, path: str | Path) -> Path:
        """Write to one netCDF file, beside and then renamed: a crash leaves an old file whole.

        Raises
        ------
        ArgumentError
            the name has another file's ending; `to_excel` writes workbooks.
        StoreError
            the place cannot be written.
        """
        from workbench.simulation.results.store import save_outcome

        path = as_path(path)
        if path.suffix.lower() in OTHER_FORMATS:
            refuse([broken("path", str(path), Rule(bool, "netcdf"))])
        return save_outcome(self, path)
