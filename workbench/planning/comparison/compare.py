"""Scenarios side by side on the same luck: how far they differ, where, when, and which may be the best.

All outcomes are of the same replications of the same seed, so that an organization has the same luck in each
(docs/model.md §6.3). Differences are taken replication by replication; what is common to all falls out of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked, choice
from workbench.errors import Fault, ScenarioError
from workbench.inputs import asked
from workbench.labels import text
from workbench.planning.comparison.intervals import each_level, mean_differences_together, share_difference
from workbench.planning.comparison.result import Comparison, RankBy
from workbench.simulation.results import VARIABLES, wilson
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.simulation.results import Outcome, Target


@asked
def compare(
    outcomes: Mapping[str, Outcome] | Sequence[Outcome],
    *,
    target: Target = "organization",
    rank_by: RankBy = "expected",
    level: float = 0.95,
) -> Comparison:
    """Compare scenarios on common random numbers.

    A scenario may change anything: rules, calendar, instructors, the grouping, even the target and the deadline; each
    is then held to its own. The organizations must be the same ones, and seed and number of replications too.

    Differences of means have Student's interval on the paired differences, with room for what so few replications
    cannot have shown; differences of probabilities have Tango's score interval for paired shares. Where many are looked
    at at once (pairs, responsible units, days), each interval is as wide as it takes for all of them to hold together
    (Bonferroni), so that a rank or a responsible unit picked because it stands out is no accident of looking at many.

    Parameters
    ----------
    outcomes
        name -> what `simulate` gave; the first one is the baseline. Or the outcomes alone: each is then called by its
        scenario's title, with a number where two share one.
    target
        which coverage.
    rank_by
        what the ranking goes by: ``"expected"`` coverage, or ``"probability"`` of the target.
    level
        confidence of the intervals, between 0 and 1.

    Raises
    ------
    ScenarioError
        fewer than two outcomes, or other seeds, replications or organizations, with every fault.
    ValueError
        another target or measure, or a level outside (0, 1).

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(90, 4, seed=1)
    >>> plan = wb.Scenario()
    >>> more = plan.replace("committee.every_weeks", 1)
    >>> runs = {name: wb.simulate(city, each, replications=50) for name, each in {"plan": plan, "weekly": more}.items()}
    >>> found = wb.compare(runs)
    >>> found.best, bool(found.table.loc["weekly", "better"] > 0.9)
    (['weekly'], True)
    """
    choice("target", target, VARIABLES)
    choice("rank_by", rank_by, ("expected", "probability"))
    (level,) = checked(level=level)
    outcomes = _named(outcomes)
    _check(outcomes)
    names = list(outcomes)
    first = outcomes[names[0]]
    coverage = {name: outcome.by_deadline(target) for name, outcome in outcomes.items()}
    hits = {name: _reached(outcome, target)[:, outcome.calendar.deadline_day] for name, outcome in outcomes.items()}
    step = _fineness(outcomes.values())
    pairs = _pairs(coverage, hits, level, step)
    return Comparison(
        baseline=names[0],
        target=target,
        level=level,
        rank_by=rank_by,
        replications=first.replications,
        seed=int(first.provenance["seed"]),
        table=_table(coverage, hits, level, step),
        pairs=pairs,
        ranking=_ranking(coverage, hits, pairs, rank_by),
        by_responsible=_by_responsible(outcomes, target, level, step),
        by_day=_by_day(outcomes, target, level, step),
        same_aim=len({(outcome.deadline, _wanted(outcome, target)) for outcome in outcomes.values()}) == 1,
        predicted_from=min(filter(None, (outcome.predicted_from for outcome in outcomes.values())), default=None),
    )


class Fineness(NamedTuple):
    """How finely coverage can differ: the share of one organization, and organizations that one case covers at most."""

    share: float
    least: int


def _fineness(outcomes: Iterable[Outcome]) -> Fineness:
    every = list(outcomes)
    largest = max(int(outcome.cases["units"].max()) if len(outcome.cases) else 1 for outcome in every)
    return Fineness(1.0 / max(every[0].total, 1), largest)


def _wanted(outcome: Outcome, target: Target) -> float:
    return float(getattr(outcome.scenario.targets, target))


def _reached(outcome: Outcome, target: Target) -> NDArray[np.bool_]:
    """Whether the target is reached, (replications, days)."""
    return reaches(outcome.counts(target).to_numpy(), _wanted(outcome, target), outcome.total)


def _named(outcomes: Mapping[str, Outcome] | Sequence[Outcome]) -> dict[str, Outcome]:
    """Outcomes by name: as given, or by their scenarios' titles."""
    if isinstance(outcomes, Mapping):
        return {str(name): outcome for name, outcome in outcomes.items()}
    named: dict[str, Outcome] = {}
    for number, outcome in enumerate(outcomes, 1):
        label = outcome.scenario.label
        named[label if label not in named else f"{label} ({number})"] = outcome
    return named


def _check(outcomes: Mapping[str, Outcome]) -> None:
    """Refuse what does not pair, with every fault."""
    if len(outcomes) < 2:
        raise ScenarioError(text("error.compare_two", count=len(outcomes)))
    base, first = next(iter(outcomes.items()))
    faults = []
    for name, outcome in outcomes.items():
        if outcome.replications < 2:
            faults.append(Fault("compare_few", name, str(outcome.replications)))
        for code, value, wanted in (
            ("compare_seed", outcome.provenance["seed"], first.provenance["seed"]),
            ("compare_replications", outcome.replications, first.replications),
        ):
            if value != wanted:
                faults.append(Fault(code, name, str(value), {"baseline": base, "wanted": wanted}))
        strange = outcome.organizations.index.symmetric_difference(first.organizations.index)
        if len(strange) and outcome.provenance["register_fingerprint"] == first.provenance["register_fingerprint"]:
            # Of one register: dormant organizations are counted in one and not in the other.
            details = {"baseline": base, "wanted": first.total}
            faults.append(Fault("compare_denominator", name, str(outcome.total), details))
        elif len(strange):
            faults.append(Fault("compare_register", name, str(strange[0]), {"baseline": base}))
    if faults:
        raise ScenarioError(text("error.compare_unpaired"), faults)


def _versus(
    coverage: dict[str, NDArray[np.float64]],
    hits: dict[str, NDArray[np.bool_]],
    pairs: list[tuple[str, str]],
    level: float,
    step: Fineness,
) -> pd.DataFrame:
    """The second of each pair against the first: gains with intervals that hold together, and how often it is ahead."""
    names, count = list(coverage), next(iter(coverage.values())).size
    one, two = (np.array([names.index(pair[side]) for pair in pairs]) for side in (0, 1))
    values, hit = np.stack(list(coverage.values()), axis=1), np.stack(list(hits.values()), axis=1)
    gain = values[:, two] - values[:, one]
    only_two, only_one = (hit[:, two] & ~hit[:, one]).sum(axis=0), (hit[:, one] & ~hit[:, two]).sum(axis=0)
    columns: dict[str, NDArray[np.float64]] = {}
    for name, interval in (
        ("gain", mean_differences_together(gain, level, unit=step.share, least=step.least, most=1.0)),
        ("probability_gain", share_difference(only_two, only_one, count, each_level(level, len(pairs)))),
    ):
        columns |= {name: interval.value, f"{name}_low": interval.low, f"{name}_high": interval.high}
    # Shares are compared as they are: equal counts of equal registers are equal doubles.
    columns |= {
        "better": (values[:, two] > values[:, one]).mean(axis=0),
        "worse": (values[:, two] < values[:, one]).mean(axis=0),
        "tied": (values[:, two] == values[:, one]).mean(axis=0),
    }
    return pd.DataFrame(columns)


def _table(
    coverage: dict[str, NDArray[np.float64]], hits: dict[str, NDArray[np.bool_]], level: float, step: Fineness
) -> pd.DataFrame:
    from scipy.special import ndtri

    names, count = list(coverage), next(iter(coverage.values())).size
    z = float(ndtri(0.5 + level / 2.0))
    # Each row by itself; the baseline is level with itself, without any doubt.
    table = pd.concat([_versus(coverage, hits, [(names[0], name)], level, step) for name in names], ignore_index=True)
    sides = [f"{name}_{side}" for name in ("gain", "probability_gain") for side in ("low", "high")]
    table.loc[0, sides] = 0.0
    table["expected"] = [values.mean() for values in coverage.values()]
    chances = [wilson(int(hit.sum()), count, z) for hit in hits.values()]
    table[["probability", "low", "high"]] = np.array(chances)
    for side in ("better", "worse"):
        table[[f"{side}_low", f"{side}_high"]] = [wilson(round(n * count), count, z)[1:] for n in table[side]]
    columns = [
        *("expected", "gain", "gain_low", "gain_high", "probability", "low", "high"),
        *("probability_gain", "probability_gain_low", "probability_gain_high"),
        *("better", "better_low", "better_high", "worse", "worse_low", "worse_high", "tied"),
    ]
    return table[columns].set_axis(pd.Index(names, name="scenario", dtype="str"))


def _pairs(
    coverage: dict[str, NDArray[np.float64]], hits: dict[str, NDArray[np.bool_]], level: float, step: Fineness
) -> pd.DataFrame:
    """Every pair once; all intervals hold together."""
    pairs = list(combinations(coverage, 2))
    table = _versus(coverage, hits, pairs, level, step)
    return table.set_axis(pd.MultiIndex.from_tuples(pairs, names=["first", "second"]))


def _ranking(
    coverage: dict[str, NDArray[np.float64]],
    hits: dict[str, NDArray[np.bool_]],
    pairs: pd.DataFrame,
    rank_by: RankBy,
) -> pd.DataFrame:
    """Scenarios by what was found, with the ranks that the simultaneous intervals leave possible."""
    names = list(coverage)
    expected = {name: float(coverage[name].mean()) for name in names}
    chance = {name: float(hits[name].mean()) for name in names}
    first, second = (expected, chance) if rank_by == "expected" else (chance, expected)
    order = sorted(names, key=lambda name: (-first[name], -second[name], names.index(name)))
    gain = "gain" if rank_by == "expected" else "probability_gain"
    ahead, behind = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    found = _rows(pairs)
    for (one, two), row in found.items():
        for winner, loser, sure in ((two, one, row[f"{gain}_low"] > 0), (one, two, row[f"{gain}_high"] < 0)):
            if sure:
                ahead[loser] += 1
                behind[winner] += 1
    rows = {}
    for rank, name in enumerate(order, 1):
        rows[name] = {
            "rank": rank,
            "expected": expected[name],
            "probability": chance[name],
            **_behind(found, gain, name, order[0]),
            "best_rank": 1 + ahead[name],
            "worst_rank": len(names) - behind[name],
            "among_best": ahead[name] == 0,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("scenario")


def _rows(pairs: pd.DataFrame) -> dict[tuple[str, str], dict[str, float]]:
    """The pairs' rows by pair."""
    return dict(zip(pairs.index.to_list(), pairs.to_dict("records"), strict=True))


def _behind(pairs: dict[tuple[str, str], dict[str, float]], gain: str, name: str, best: str) -> dict[str, float]:
    """What a scenario lacks to the one that looks best; never negative in what was found."""
    value = low = high = 0.0
    if (name, best) in pairs:
        value, low, high = (pairs[name, best][gain + end] for end in ("", "_low", "_high"))
    elif name != best:
        value, high, low = (0.0 - pairs[best, name][gain + end] for end in ("", "_low", "_high"))
    return {"behind": value, "behind_low": low, "behind_high": high}


def _by_responsible(outcomes: Mapping[str, Outcome], target: Target, level: float, step: Fineness) -> pd.DataFrame:
    """Coverage of each responsible unit's own organizations, against the baseline's."""
    base, *others = outcomes
    by_replication = all("responsible" in outcome.dataset.dims for outcome in outcomes.values())
    shares = {name: _responsible_shares(outcome, target, by_replication) for name, outcome in outcomes.items()}
    responsible_units = [
        responsible
        for responsible in shares[base].columns
        if all(responsible in each.columns for each in shares.values())
    ]
    sizes = outcomes[base].organizations.groupby("responsible").size().reindex(responsible_units).to_numpy()
    parts = []
    for name in others:
        one, two = shares[name][responsible_units].to_numpy(), shares[base][responsible_units].to_numpy()
        rows = pd.DataFrame({"coverage": one.mean(axis=0), "baseline": two.mean(axis=0)})
        if by_replication:
            # The rows of one scenario hold together at its share of what may fail.
            found = mean_differences_together(
                one - two, each_level(level, len(others)), unit=1.0 / sizes, least=step.least, most=1.0
            )
            rows["gain"], rows["gain_low"], rows["gain_high"] = found
        else:
            rows["gain"] = rows["coverage"] - rows["baseline"]
            rows["gain_low"] = rows["gain_high"] = np.nan
        rows["parts"] = (rows["gain_low"] > 0) | (rows["gain_high"] < 0)
        rows.index = pd.MultiIndex.from_product([[name], responsible_units], names=["scenario", "responsible"])
        parts.append(rows)
    return pd.concat(parts)


def _responsible_shares(outcome: Outcome, target: Target, by_replication: bool) -> pd.DataFrame:
    """Coverage by the deadline, one column a responsible unit; one row a replication, or one row of means."""
    own = outcome.organizations.groupby("responsible").size()
    if not by_replication:
        means = outcome.breakdown("responsible")["coverage" if target == "organization" else "work_coverage"]
        return means.to_frame().T
    counts = outcome.dataset[VARIABLES[target]].isel(day=outcome.calendar.deadline_day)
    responsible_units = [str(responsible) for responsible in counts["responsible"].to_numpy()]
    return pd.DataFrame(counts.to_numpy() / own.reindex(responsible_units).to_numpy(), columns=responsible_units)


def _by_day(outcomes: Mapping[str, Outcome], target: Target, level: float, step: Fineness) -> pd.DataFrame:
    """The city's coverage on every day that all of them simulated, against the baseline's."""
    base, *others = outcomes
    days = {name: pd.DatetimeIndex(outcome.dataset["day"].to_numpy()) for name, outcome in outcomes.items()}
    start, stop = max(each[0] for each in days.values()), min(each[-1] for each in days.values())
    common = pd.DatetimeIndex(sorted({day for each in days.values() for day in each if start <= day <= stop}))
    shares, reached = {}, {}
    for name, outcome in outcomes.items():
        # On a day that is no working day of a scenario, what it had on the last one still stands.
        at = days[name].searchsorted(common, side="right") - 1
        shares[name] = outcome.counts(target).to_numpy()[:, at] / max(outcome.total, 1)
        reached[name] = _reached(outcome, target)[:, at]
    each = each_level(level, len(common) * len(others))
    parts = []
    for name in others:
        own = each_level(level, len(others))
        found = mean_differences_together(shares[name] - shares[base], own, unit=step.share, least=step.least, most=1.0)
        gained = (reached[name] & ~reached[base]).sum(axis=0)
        lost = (reached[base] & ~reached[name]).sum(axis=0)
        chance = share_difference(gained, lost, len(reached[base]), each)
        rows = pd.DataFrame(
            {
                "coverage": shares[name].mean(axis=0),
                "baseline": shares[base].mean(axis=0),
                "gain": found.value,
                "gain_low": found.low,
                "gain_high": found.high,
                "parts": (found.low > 0) | (found.high < 0),
                "probability": reached[name].mean(axis=0),
                "probability_gain": chance.value,
                "probability_gain_low": chance.low,
                "probability_gain_high": chance.high,
            }
        )
        rows.index = pd.MultiIndex.from_product([[name], common], names=["scenario", "day"])
        parts.append(rows)
    return pd.concat(parts)
