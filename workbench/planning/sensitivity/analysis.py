"""Which uncertain parameter decides: Sobol indices after a screening, and a plain rule for missing the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.arguments import checked, choice
from workbench.inputs import asked
from workbench.inputs.scenario import short_name
from workbench.labels import text
from workbench.numbers import percent, percent_between, target_percent, thousands
from workbench.planning.comparison import mean_difference
from workbench.planning.sensitivity.discovery import FEWEST_CAMPAIGNS, DiscoveredRule, discover
from workbench.planning.sensitivity.indices import LUCK, Sobol, salib, screen, sobol
from workbench.planning.sensitivity.runs import Campaigns, named
from workbench.progress import Progress
from workbench.shown import Shown
from workbench.simulation.results import VARIABLES, Estimate, wilson
from workbench.simulation.setup import prepared
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Law, Scenario
    from workbench.simulation.results import Target

#: A parameter is kept if its effect may be this share of the largest one's.
LEAST_EFFECT_KEPT = 0.05
#: The lowest and the highest tenth of a parameter's probability are its ends.
TAIL_OF_PARAMETER = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity(Shown):
    """What the spread of coverage comes from.

    Attributes
    ----------
    table
        one row a parameter, most deciding first, then `LUCK`: law (in words) and status (``"kept"``,
        ``"screened"`` out, ``"fixed"``, ``"luck"``); effect, effect_low, effect_high and spread of the screening
        (change of coverage when the parameter moves by half of its probability); first and total, with _low and
        _high: Sobol indices of coverage, shares of its variance; reach_first and reach_total with _low and _high: of
        whether the target is reached; at_low and at_high with _low and _high: expected coverage where the parameter
        lies in its lowest and in its highest tenth; reach_at_low and reach_at_high: the probability of the target
        there. Screened parameters vary with luck and have no indices of their own (NaN); fixed ones have 0.
    rule
        when the target is missed, or reached, whichever is rarer; None where no plain rule tells.
    rule_of
        ``"missed"`` or ``"reached"``.
    expected, probability
        over all independent campaigns.
    threshold
        the coverage that counts as reaching the target. target : which coverage.
    points
        one row an independent campaign: the values of the kept parameters, coverage, reached.
    screening_runs, runs
        campaigns simulated to screen, and in all.
    base, seed, level
        of the design, and the confidence of its intervals.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    shown_figure = "tornado"

    table: pd.DataFrame
    rule: DiscoveredRule | None
    rule_of: str
    expected: float
    probability: Estimate
    threshold: float
    target: Target
    points: pd.DataFrame
    screening_runs: int
    runs: int
    base: int
    seed: int
    level: float
    ungrouped: int = 0

    @property
    def deciding(self) -> pd.DataFrame:
        """The kept parameters, the most deciding first."""
        return self.table[self.table["status"] == "kept"]

    @property
    def known(self) -> float:
        """Share of the variance that the parameters explain, with all they do together; the rest is luck. NaN where
        coverage does not vary."""
        return float(1.0 - self.table["total"].loc[LUCK]) if self.varies else float("nan")

    @property
    def varies(self) -> bool:
        """Whether coverage differs between any two of the independent campaigns."""
        return bool(np.ptp(self.points["coverage"]) > 0.0)

    @property
    def rarer(self) -> int:
        """Independent campaigns that miss the target, or reach it, whichever are fewer."""
        reached = int(self.points["reached"].sum())
        return min(reached, len(self.points) - reached)

    def summary(self, parameters: int = 3) -> str:
        """What decides, how far, and the rule, in the language in use."""
        values = {"target": target_percent(self.threshold), "level": target_percent(self.level)}
        lines = [
            text(
                "sensitivity.head",
                runs=thousands(self.runs),
                screening=thousands(self.screening_runs),
                coverage=text(f"comparison.{self.target}"),
                expected=percent(self.expected),
                probability=str(self.probability),
                **values,
            )
        ]
        lines += [self._sentence(str(name)) for name in self.deciding.index[:parameters]]
        out = [short_name(str(name)) for name in self.table.index[self.table["status"] == "screened"]]
        if out:
            lines.append(text("sensitivity.screened", names=text("comparison.and").join(out)))
        if not self.varies:
            lines.append(text("sensitivity.level", campaigns=thousands(len(self.points))))
        elif self.deciding.empty:
            lines.append(text("sensitivity.nothing"))
        else:
            lines.append(text("sensitivity.luck", luck=percent(self.table["total"].loc[LUCK], 0)))
        return "\n".join([*lines, self._rule_sentence()])

    def _sentence(self, name: str) -> str:
        row = self.table.loc[name].to_dict()
        return text(
            "sensitivity.line",
            name=short_name(name),
            total=_share(row, "total"),
            first=_share(row, "first"),
            at_low=percent(row["at_low"]),
            at_high=percent(row["at_high"]),
            reach_low=percent(row["reach_at_low"]),
            reach_high=percent(row["reach_at_high"]),
        )

    def _rule_sentence(self) -> str:
        values: dict[str, object] = {
            "target": target_percent(self.threshold),
            "probability": percent(self.probability.value),
        }
        if self.rule is None:
            values |= {"campaigns": thousands(len(self.points)), "few": self.rarer}
            if not self.rarer:
                return text("sensitivity.always" if self.probability.value else "sensitivity.never", **values)
            key = "too_few" if self.rarer < 2 * FEWEST_CAMPAIGNS else "no_rule"
            return text(f"sensitivity.{key}", outcome=text(f"sensitivity.campaigns_{self.rule_of}"), **values)
        return text(
            f"sensitivity.{self.rule_of}",
            rule=str(self.rule),
            density=str(self.rule.density),
            coverage=str(self.rule.coverage),
            support=percent(self.rule.support, 0),
            base=percent(self.rule.base, 0),
            **values,
        )


@asked
def sensitivity(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    base: int = 2048,
    screening: int = 256,
    target: Target = "organization",
    threshold: float | None = None,
    seed: int = 0,
    level: float = 0.95,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Sensitivity:
    """Find out which uncertain parameter decides, and when the target is missed.

    The parameters are those that the scenario draws once a replication for the whole city: the laws under
    ``uncertainty:``, and every other number that carries a law. A first, small design moves each alone (Morris);
    what hardly matters is left to luck. For the others a second design finds Sobol indices: *first* is the share of the
    variance of coverage that a parameter explains alone, *total* the share that it has a hand in. All that single cases
    draw is one further input, luck. Each point of the design is one campaign with its own parameters, on common random
    numbers, so that the whole takes less than twice the time of one simulation of so many replications.

    Parameters
    ----------
    register, scenario, grouping, workers
        as for `simulate`.
    base
        points of the design, a power of two, at least 16: base · (kept parameters + 3) campaigns.
    screening
        points of the screening, a power of two, at least 2: screening · (parameters + 1) campaigns.
    target
        which coverage.
    threshold
        what counts as reaching it; by default the scenario's target.
    seed, level
        of the design; confidence of the intervals.
    progress
        called with (done, in all); it may return False to stop.

    Raises
    ------
    ValueError
        a number outside its range, or none.
    WorkbenchError
        SALib is not installed; the message says how to.
    ScenarioError, InfeasibleError
        the scenario or grouping does not fit the register.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(90, 4, seed=1)
    >>> plan = wb.Scenario().replace({"uncertainty": {"speed": {"uniform": [0.5, 1.5]}, "absence": 0.1}})
    >>> found = wb.sensitivity(city, plan, base=64, screening=16)
    >>> found.table["status"].to_dict()
    {'speed': 'kept', 'absence': 'fixed', 'luck': 'luck'}
    >>> found.runs == 64 * (1 + 3) + 16 * (1 + 1)
    True
    """
    choice("target", target, VARIABLES)
    base, screening, threshold, seed, level, workers = checked(
        base=base, screening=screening, threshold=threshold, seed=seed, level=level, workers=workers
    )
    salib("sample.sobol")
    wanted = float(getattr(scenario.targets, target)) if threshold is None else threshold
    laws = scenario.drawn_parameters
    free = [name for name, law in laws.items() if not law.is_fixed]
    done, in_all = 0, screening * (len(free) + 1) + base * (len(free) + 3)

    def advance(more: int) -> bool | None:
        nonlocal done
        done += more
        return None if progress is None else progress(min(done, in_all), in_all)

    setup = prepared(None, register, scenario, grouping)
    campaigns = Campaigns(setup, target, seed, workers, advance)

    def model(
        names: list[str],
    ) -> Callable[[NDArray[np.float64], bool], dict[str, NDArray[np.float64]]]:
        def run(points: NDArray[np.float64], other_luck: bool) -> dict[str, NDArray[np.float64]]:
            count = len(points)
            covered = campaigns.covered(named(points, names), count, count if other_luck else 0)
            reached = reaches(covered, wanted, campaigns.organizations)
            return {"coverage": covered / max(campaigns.organizations, 1), "reached": reached.astype(np.float64)}

        return run

    effects = screen(model(free), free, screening, seed, "coverage")
    screening_runs = campaigns.runs
    kept = [name for name in free if _matters(effects, name)]
    in_all = screening_runs + base * (len(kept) + 3)
    found = sobol(model(kept), kept, base, seed, level)
    points = _points(found, kept, laws)
    reached = found.outputs["reached"] > 0.0
    rule, rule_of = _rule(points[kept].to_numpy(), reached, kept, base)
    return Sensitivity(
        table=_table(laws, effects, kept, found, level),
        rule=rule,
        rule_of=rule_of,
        expected=float(found.outputs["coverage"].mean()),
        probability=wilson(int(reached.sum()), reached.size),
        threshold=wanted,
        target=target,
        points=points,
        screening_runs=screening_runs,
        runs=campaigns.runs,
        base=base,
        seed=seed,
        level=level,
        ungrouped=setup.cases.ungrouped,
    )


def _matters(effects: pd.DataFrame, name: str) -> bool:
    """Whether a parameter's effect may be large enough, beside the largest one, to be worth the second design."""
    row = effects.loc[name]
    return bool(row["effect"] > 0.0 and row["effect_high"] >= LEAST_EFFECT_KEPT * effects["effect"].max())


def _points(found: Sobol, kept: list[str], laws: dict[str, Law]) -> pd.DataFrame:
    """The independent campaigns: values of the parameters, and what came of them."""
    values: dict[str, NDArray[np.float64] | NDArray[np.bool_]] = {
        name: laws[name].quantile(found.points[:, place]) for place, name in enumerate(kept)
    }
    values |= {"coverage": found.outputs["coverage"], "reached": found.outputs["reached"] > 0.0}
    return pd.DataFrame(values)


def _rule(
    points: NDArray[np.float64], reached: NDArray[np.bool_], kept: list[str], base: int
) -> tuple[DiscoveredRule | None, str]:
    """A rule for what is rarer, made on one half of the independent campaigns and judged on the other."""
    missed = reached.mean() >= 0.5
    happens = ~reached if missed else reached
    fresh = points[base:], happens[base:]
    rule = discover(points[:base], happens[:base], kept, fresh=fresh) if kept else None
    return rule, "missed" if missed else "reached"


def _table(laws: dict[str, Law], effects: pd.DataFrame, kept: list[str], found: Sobol, level: float) -> pd.DataFrame:
    status = {name: "fixed" if law.is_fixed else "kept" if name in kept else "screened" for name, law in laws.items()}
    table = pd.DataFrame(
        {"law": [str(law) for law in laws.values()] + [""], "status": [*status.values(), LUCK]},
        index=pd.Index([*laws, LUCK], name="parameter", dtype="str"),
    )
    indices = found.indices["coverage"].join(found.indices["reached"].add_prefix("reach_"))
    ends = _ends(found, kept, level)
    for part in (effects, indices, ends):
        table = table.join(part)
    fixed = table["status"] == "fixed"
    table.loc[fixed, [*effects.columns, *indices.columns]] = 0.0
    order = {"kept": 0, "screened": 1, "fixed": 2, LUCK: 3}
    ranked = table.assign(group=table["status"].map(order), by=-table["total"].fillna(0.0), then=-table["effect"])
    return ranked.sort_values(["group", "by", "then"], kind="stable").drop(columns=["group", "by", "then"])


def _ends(found: Sobol, kept: list[str], level: float) -> pd.DataFrame:
    """Coverage and the chance of the target where a parameter lies in its lowest and in its highest tenth.

    A Sobol sequence of so many points has one in every cell of that share: both halves of the design have some in
    either tenth, enough for an interval.
    """
    rows = {}
    for place, name in enumerate(kept):
        column = found.points[:, place]
        row: dict[str, float] = {}
        for end, inside in (("low", column < TAIL_OF_PARAMETER), ("high", column > 1.0 - TAIL_OF_PARAMETER)):
            covered = mean_difference(found.outputs["coverage"][inside], level)
            row |= {f"at_{end}": float(covered.value)}
            row |= {f"at_{end}_low": float(covered.low), f"at_{end}_high": float(covered.high)}
            row[f"reach_at_{end}"] = float(found.outputs["reached"][inside].mean())
        rows[name] = row
    columns = [f"at_{end}{side}" for end in ("low", "high") for side in ("", "_low", "_high")]
    columns += ["reach_at_low", "reach_at_high"]
    return pd.DataFrame(list(rows.values()), index=list(rows), columns=columns, dtype=np.float64)


def _share(row: Mapping[Any, float], name: str) -> str:
    """A share of the variance in whole per cent, with its interval."""
    return percent_between(row[name], row[f"{name}_low"], row[f"{name}_high"], 0)
