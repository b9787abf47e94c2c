"""What would close the shortfall to the target, and how much of it that takes (MODEL §7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from workbench.labels import text
from workbench.numbers import percent, signed, target_percent
from workbench.planning.allocation import Options, best_in_expectation
from workbench.planning.desk import Kept, Responses
from workbench.planning.gap.ceiling import Ceiling
from workbench.planning.gap.measures import both_rules, for_every_committee
from workbench.shown import Shown
from workbench.simulation.results import Estimate, Outcome, wilson
from workbench.simulation.setup import prepare
from workbench.targets import reaches

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario

#: Agendas that are tried, as multiples of the present one: the smallest that closes the shortfall is listed.
AGENDAS = (4 / 3, 5 / 3, 2.0, 3.0)
#: Coverage, a share, that a measure must bring to be named where it does not close the shortfall.
LEAST_GAIN = 0.0005
#: Responsible units that a sentence names.
NAMED = 3


class Trial(NamedTuple):
    """What a measure comes to: mean coverage, a share, P(target), and whether mean coverage reaches the target."""

    expected: float
    probability: Estimate
    closes: bool


@dataclass(frozen=True, eq=False, repr=False)
class Closing(Shown):
    """Measures with the size that closes the shortfall of expected coverage to the target, or that gets furthest.

    Attributes
    ----------
    table
        one row a measure, in the order in which they are tried: size (instructors added or moved, cases an agenda;
        0 where a measure has no size), responsible units (responsible unit -> instructors added, for those; fewer than
        0 where there are more than ``instructors.limits`` allow), expected, gain, probability, low, high (P of the
        target with its interval, on the same random numbers) and closes.
    expected, target, ceiling
        shares, as in `Gap`.
    """

    table: pd.DataFrame
    expected: float
    target: float
    ceiling: float

    @property
    def needed(self) -> bool:
        """Whether expected coverage falls short of the target."""
        return self.expected < self.target

    def summary(self) -> str:
        """The measures in a line each, in the language in use; those that close the shortfall first."""
        values = {
            "expected": percent(self.expected),
            "target": target_percent(self.target),
            "ceiling": percent(self.ceiling),
        }
        if not self.needed:
            return text("closing.unneeded", **values)
        if self.ceiling < self.target:
            return text("closing.ceiling", **values)
        closes = self.table["closes"]
        head = text("closing.head" if closes.any() else "closing.nothing", **values)
        ordered = [*self.table.index[closes], *self.table.index[~closes]]
        # What brings nothing is left to the table.
        telling = closes | (self.table["gain"] >= LEAST_GAIN)
        said = [name for name in ordered if telling[name]]
        return "\n".join([head, *(self._line(name) for name in said)])

    def _line(self, name: str) -> str:
        row = self.table.to_dict("index")[name]
        responsible_units = sorted(row["responsible_units"].items(), key=lambda one: (-one[1], one[0]))
        where = text("closing.and").join(
            f"{responsible} {signed(count)}" for responsible, count in responsible_units[:NAMED]
        )
        words = text(
            f"closing.{name}",
            size=int(row["size"]),
            where=text("closing.where", responsible_units=where) if where else "",
        )
        chance = Estimate(row["probability"], row["low"], row["high"])
        key = "closing.closes" if row["closes"] else "closing.short"
        return text(
            key,
            measure=words,
            expected=percent(row["expected"]),
            target=target_percent(self.target),
            probability=str(chance),
        )


def close(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | None,
    *,
    base: Outcome,
    top: Ceiling,
    replications: int,
    seed: int,
    workers: int | None = None,
) -> Closing:
    """Try measures alone and together, each as large as it must be to bring expected coverage to the target.

    Instructors are added where they do most, present ones staying where they are: the fewest, by dynamic programming.
    ``instructors.limits`` hold, for the present ones, too.
    `base` is the outcome of the scenario as it stands.
    """
    kept = Kept()

    def responses(changes: dict[str, Any]) -> Responses:
        setup = prepare(register, scenario.replace(changes) if changes else scenario, grouping)
        return Responses(setup, replications=replications, seed=seed, kept=kept)

    present = responses({})
    numbers = np.array(
        [present.setup.instructors[responsible] for responsible in present.responsible_units], dtype=np.int64
    )
    rows: dict[str, tuple[int, dict[str, int], Trial]] = {}

    def rules_only(name: str, changes: dict[str, Any], size: int = 0) -> Trial:
        sample = responses(changes)
        rows[name] = size, {}, _trial(sample, numbers, workers)
        return rows[name][2]

    def instructors(name: str, changes: dict[str, Any]) -> None:
        rows[name] = _more(responses(changes), numbers, workers)

    weekly, both = for_every_committee(scenario, "every_weeks", 1), both_rules(scenario)
    news = {name: scenario.replace(changes) != scenario for name, changes in (("weekly", weekly), ("both", both))}
    rows["move"] = _moved(present, numbers, workers)
    instructors("more_instructors", {})
    if news["weekly"]:
        rules_only("weekly_meetings", weekly)
    agenda, no_limit = scenario.committee.agenda, for_every_committee(scenario, "agenda", None)
    if agenda:
        for factor in AGENDAS:
            size = int(np.ceil(agenda * factor))
            if rules_only("larger_agenda", for_every_committee(scenario, "agenda", size), size).closes:
                break
        else:
            del rows["larger_agenda"]
            rules_only("no_agenda_limit", no_limit)
    elif scenario.replace(no_limit) != scenario:
        # Nothing is heard, or only some responsible units have a limit: there is no agenda to enlarge step by step.
        rules_only("no_agenda_limit", no_limit)
    if news["both"] and not rules_only("weekly_and_no_limit", both).closes:
        instructors("weekly_no_limit_and_more", both)
    direct = {
        f"cases.{kind}.approval": "direct"
        for kind in ("standalone", "assisted", "joint", "attached")
        if scenario.cases.of(kind).approval == "committee"
    }
    if direct:
        rules_only("direct", direct)
    table = pd.DataFrame(
        [
            (name, size, responsible_units, trial.expected, trial.expected - base.expected(), *trial.probability,
            trial.closes) for name, (size, responsible_units, trial) in rows.items()
        ],
        columns=["measure", "size", "responsible_units", "expected", "gain", "probability", "low", "high", "closes"],
    ).set_index("measure")  # fmt: skip
    return Closing(table, base.expected(), top.target, top.value)


def _trial(sample: Responses, numbers: np.ndarray[Any, Any], workers: int | None) -> Trial:
    """What an allocation comes to on a sample."""
    sample.fill(numbers.tolist(), workers, least=numbers.tolist())
    covered, target = sample.branches(numbers.tolist()), sample.setup.scenario.targets.organization
    every, in_all = int(covered.sum()), sample.organizations * sample.replications
    chance = wilson(int(reaches(covered, target, sample.organizations).sum()), sample.replications)
    return Trial(every / max(in_all, 1), chance, reaches(every, target, in_all))


def _options(sample: Responses, start: np.ndarray[Any, Any], workers: int | None) -> Options:
    """Every number of instructors within the limits, from `start` up to what responsible units can use."""
    limits = sample.setup.scenario.instructors.limits
    least, most = [], []
    for responsible, name in enumerate(sample.responsible_units):
        low, high = limits.get(name, (0, None))
        enough = sample.enough(responsible)
        least.append(max(low, int(start[responsible]) if high is None else min(high, int(start[responsible]))))
        most.append(max(least[responsible], enough if high is None else min(high, enough)))
    sample.fill(most, workers, least=least)
    return Options.of(sample, least, most)


def _more(sample: Responses, numbers: np.ndarray[Any, Any], workers: int | None) -> tuple[int, dict[str, int], Trial]:
    """The fewest instructors beside the present ones that bring expected coverage to the target, or as far as they
    can. Where a responsible unit has fewer or more than its limits allow, it is brought to them."""
    options = _options(sample, numbers, workers)
    optimum = best_in_expectation(options, options.top)
    every = sample.branches_at_start * sample.replications + optimum.at_most()
    target, in_all = sample.setup.scenario.targets.organization, sample.organizations * sample.replications
    enough = np.flatnonzero(reaches(every, target, in_all))
    chosen = optimum.allocation(int(enough[0]) if enough.size else options.top)
    added = chosen - numbers
    responsible_units = {
        sample.responsible_units[responsible]: int(added[responsible]) for responsible in np.flatnonzero(added)
    }
    return int(added.sum()), responsible_units, _trial(sample, chosen, workers)


def _moved(sample: Responses, numbers: np.ndarray[Any, Any], workers: int | None) -> tuple[int, dict[str, int], Trial]:
    """The present instructors where they do most in expectation, within the limits: how many move."""
    limits = sample.setup.scenario.instructors.limits
    total = int(numbers.sum())
    if sum(limits[name][0] for name in sample.responsible_units if name in limits) > total:
        return 0, {}, _trial(sample, numbers, workers)
    options = _options(sample, np.zeros_like(numbers), workers)
    chosen = best_in_expectation(options, min(total, options.top)).allocation(min(total, options.top))
    gained = np.maximum(chosen - numbers, 0)
    responsible_units = {
        sample.responsible_units[responsible]: int(gained[responsible]) for responsible in np.flatnonzero(gained)
    }
    return int(gained.sum()), responsible_units, _trial(sample, chosen, workers)
