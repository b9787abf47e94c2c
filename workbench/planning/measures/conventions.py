"""What the answer rests on: conventions that nobody decides for this campaign alone, and what each is worth here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import checked
from workbench.errors import Cancelled, InfeasibleError, ScenarioError
from workbench.grouping import joined
from workbench.inputs import asked, check_fits
from workbench.labels import text
from workbench.numbers import change_words, odds, percent, target_percent
from workbench.planning.comparison import mean_difference
from workbench.planning.gap import ceiling
from workbench.planning.measures.experiment import Changed, Experiment
from workbench.planning.measures.relaxing import OWN_RULES, value_at
from workbench.progress import Progress
from workbench.shown import Shown
from workbench.simulation.results import Estimate
from workbench.simulation.setup import prepared

if TYPE_CHECKING:
    from workbench.grouping.answer import Grouping
    from workbench.inputs.scenario import Scenario
    from workbench.simulation.setup import Setup

#: Convention -> where it stands in a scenario, and the values that are looked at.
CONVENTIONS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "counted_from": ("policy.counted_from", ("formed", "approved")),
    "member_basis": ("policy.member_basis", ("on_roll", "floating", "part_time")),
    "denominator": ("policy.denominator", ("all", "active")),
    "every_weeks": ("committee.every_weeks", (1, 2, 4)),
    "two_members": ("policy.two_members", ("assisted", "joint")),
}


@dataclass(frozen=True, eq=False, repr=False)
class Conventions(Shown):
    """The same campaign under other conventions, on the same random numbers.

    Attributes
    ----------
    table
        one row a convention and other value than the scenario's: convention, value, current (the scenario's own value),
        ceiling, expected (shares), gain, low, high (of expected coverage against the plan, with its paired 95 %
        interval), probability (P(target)). What moves expected coverage most comes first; of one convention, all values
        together. Values that the register has no figures for, or under which a pin cannot hold, are left out.
    ceiling, expected, probability
        of the plan as it stands.
    target
        the organization target, a share.
    two_member_branches, instructors
        branches of two members and an instructor as the third, and the instructors there are, those who come later
        among them.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    table: pd.DataFrame
    ceiling: float
    expected: float
    probability: Estimate
    target: float
    two_member_branches: int
    instructors: int
    ungrouped: int = 0

    @property
    def worth(self) -> pd.Series[float]:
        """What each convention can move expected coverage by, a share, either way; the greatest first."""
        by = self.table.groupby("convention", sort=False)["gain"].agg(lambda gains: gains.abs().max())
        return by.sort_values(ascending=False, kind="stable")

    @property
    def without_third_member(self) -> int:
        """Two-member branches that could not be formed if an instructor can be the third member of one branch only."""
        return max(0, self.two_member_branches - self.instructors)

    @property
    def furthest(self) -> pd.DataFrame:
        """Of each convention the value that moves expected coverage most, the convention that does so most first."""
        order = self.table.assign(size=self.table["gain"].abs()).sort_values("size", ascending=False, kind="stable")
        return order.drop_duplicates("convention")[list(self.table.columns)]

    def label(self, row: Mapping[Any, Any]) -> str:
        """A row of the table in words, in the language in use."""
        value = _value(row["convention"], row["value"])
        return text("conventions.label", what=text(f"conventions.{row['convention']}"), value=value)

    def lines(self) -> list[str]:
        """One line a convention, the one that moves the answer most first, in the language in use."""
        lines = []
        for name in self.worth.index:
            rows = self.table[self.table["convention"] == name].to_dict("records")
            values = [
                text(
                    "conventions.value", value=_value(name, row["value"]),
                    change=change_words(self.expected, row["expected"]), ceiling=percent(row["ceiling"]),
                    chance=odds(row["probability"], self.probability.trials),
                )
                for row in rows
            ]  # fmt: skip
            current = _value(name, rows[0]["current"])
            what = text(f"conventions.{name}")
            lines.append(
                text("conventions.line", what=what, current=current, others=text("conventions.and").join(values))
            )
        return lines

    def third_member(self) -> str | None:
        """That there are more two-member branches than instructors, in the language in use; None if there are not."""
        if not self.without_third_member:
            return None
        return text(
            "conventions.third_member", branches=self.two_member_branches, instructors=self.instructors,
            without=self.without_third_member,
        )  # fmt: skip

    def summary(self) -> str:
        """What the answer rests on, line by line, in the language in use."""
        head = text("conventions.head", expected=percent(self.expected), target=target_percent(self.target))
        lines = [head, *(f"  {line}" for line in self.lines())]
        return "\n".join([*lines, *filter(None, [self.third_member()])])


def _value(name: str, value: Any) -> str:
    return text(f"conventions.{name}.{value}") if name != "every_weeks" else text("conventions.weeks", weeks=value)


@asked
def conventions(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    replications: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
    setup: Setup | None = None,
) -> Conventions:
    """What the answer rests on: who counts as a member, from when a branch counts, of how many organizations, how often
    committees meet, and whether two members form a branch with an instructor.

    Each is set to its other values, everything else as it stands, on the same random numbers; joint branches are found
    anew where the units change.

    Parameters
    ----------
    register, scenario, replications, seed
        as for `simulate`.
    grouping
        who joins whom as it stands; None finds it. False leaves joint branches out, whatever the convention.
    progress
        called with (done, in all); it may return False to stop.
    setup
        what `prepare` gave for these three, where it is there already.

    Raises
    ------
    ValueError
        a number outside its range, or a set-up of something else.
    Cancelled
        `progress` returned False.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> found = conventions(make_city(60, 3, seed=1), Scenario(), replications=20)
    >>> sorted(found.worth.index)
    ['counted_from', 'denominator', 'every_weeks', 'member_basis', 'two_members']
    """
    replications, seed = checked(paired_replications=replications, seed=seed)
    check_fits(scenario, register)
    own = joined(register, scenario, grouping)
    ready = prepared(setup, register, scenario, own)
    experiment = Experiment(register, scenario, own, replications=replications, seed=seed, setup=ready)
    present = experiment.run()
    others = [(name, path, value) for name, (path, values) in CONVENTIONS.items() for value in values
              if value != value_at(scenario, path)]  # fmt: skip
    rows = []
    for done, (name, path, value) in enumerate(others, start=1):
        changed = _under(experiment, path, value)
        if changed is not None:
            counts = experiment.counted(changed)
            gain = mean_difference(counts.shares - present.shares)
            chance = counts.probability.value
            rows.append((name, value, value_at(scenario, path), ceiling(*changed).value, counts.expected,
                         counts.expected - present.expected, float(gain.low), float(gain.high), chance))  # fmt: skip
        if progress is not None and progress(done, len(others)) is False:
            raise Cancelled(text("error.cancelled"))
    columns = ["convention", "value", "current", "ceiling", "expected", "gain", "low", "high", "probability"]
    table = pd.DataFrame(rows, columns=columns)
    most = table.groupby("convention")["gain"].transform(lambda gains: gains.abs().max())
    table = table.assign(most=most).sort_values("most", ascending=False, kind="stable", ignore_index=True)
    top = ceiling(register, scenario, own)
    return Conventions(
        table=table.drop(columns="most"),
        ceiling=top.value,
        expected=present.expected,
        probability=present.probability,
        target=scenario.targets.organization,
        two_member_branches=int(top.table["organizations"].loc["assisted"]),
        instructors=experiment.instructors,
        ungrouped=top.ungrouped,
    )


def _under(experiment: Experiment, path: str, value: Any) -> Changed | None:
    """The campaign with another value; None where the register or a pin forbids it."""
    register, scenario, _ = experiment.present
    changes: dict[str, Any] = {path: value}
    section, _, key = path.partition(".")
    if section == "committee":
        own = value_at(scenario, OWN_RULES)
        changes[OWN_RULES] = {unit: each.model_dump() | ({key: value} if key in each.model_fields_set else {})
                              for unit, each in own.items()}  # fmt: skip
    try:
        changed = scenario.replace(changes)
        check_fits(changed, register)
        return Changed(register, changed, experiment.grouping_of(register, changed))
    except (ScenarioError, InfeasibleError):
        return None
