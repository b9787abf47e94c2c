"""The table that a planner looks at first: the ceiling under each switch, with joint branches found anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from workbench.arguments import checked
from workbench.errors import InfeasibleError, ScenarioError
from workbench.grouping import group, joined
from workbench.grouping.answer import Grouping
from workbench.inputs import asked
from workbench.labels import text
from workbench.numbers import percent, target_percent
from workbench.planning.gap.ceiling import Ceiling, ceiling
from workbench.shown import Shown

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Switch -> where it stands in a scenario, and the values that are tried.
SWITCHES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "member_basis": ("policy.member_basis", ("on_roll", "floating", "part_time")),
    "two_members": ("policy.two_members", ("assisted", "joint")),
    "max_units": ("grouping.max_units", (5, 10)),
    "denominator": ("policy.denominator", ("all", "active")),
    "facilities": ("grouping.facilities", ((),)),
}
#: The gap of cost at which joint branches are good enough here: coverage, which comes first, is all that is looked at.
CLOSE_ENOUGH = 0.1


@dataclass(frozen=True, eq=False, repr=False)
class Ceilings(Shown):
    """Ceilings under each switch, everything else as it stands.

    Attributes
    ----------
    table
        one row a switch and value, first the scenario as it stands: switch, value, current (the scenario's own),
        ceiling (a share), bound (no grouping gives a higher one), possible, organizations, missing (organizations short
        of the target; 0 where it can be reached). Values that the register has no figures for, or under
        which a pin or a pair cannot hold, are left out.
    target
        the organization target, a share.
    ungrouped
        organizations that need a joint branch where joint branches were left out; else 0.
    """

    table: pd.DataFrame
    target: float
    ungrouped: int = 0

    def summary(self) -> str:
        """One line a switch, in the language in use."""
        lines = [text("ceilings.head", target=target_percent(self.target))]
        for row in self.table.to_dict("records"):
            name = "ceilings.short" if row["missing"] else "ceilings.line"
            value = str(row["value"])
            what = text(f"ceilings.{row['switch']}", value=text(f"ceilings.{value}") if value in WORDED else value)
            lines.append(text(name, what=what, ceiling=percent(row["ceiling"]), missing=row["missing"]))
        return "\n".join(lines)


#: Values that are said in words.
WORDED = frozenset({"on_roll", "floating", "part_time", "assisted", "joint", "all", "active"})


@asked
def ceiling_table(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    effort: str | int = "normal",
    seed: int = 0,
) -> Ceilings:
    """The ceiling as it stands, and under each value of each switch: whose members count, whether two members form a
    branch of their own, joint branches of up to 5 or 10 units, the denominator, and no joint branches at all.

    Parameters
    ----------
    register, scenario
        as for `ceiling`.
    grouping
        who joins whom as it stands; None finds it, False leaves joint branches out of every row. Else they are found
        anew for every other row.
    effort, seed
        as for `group`.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> found = ceiling_table(make_city(60, 3, seed=1), Scenario())
    >>> sorted(set(found.table["switch"]) - {"as_it_stands"})
    ['denominator', 'facilities', 'max_units', 'member_basis', 'two_members']
    """
    (seed,) = checked(seed=seed)
    own = joined(register, scenario, grouping)
    top = ceiling(register, scenario, own)
    rows = [_row("as_it_stands", "", True, top, own)]
    for switch, (path, values) in SWITCHES.items():
        for value in values:
            present = _present(scenario, path) == value
            try:
                changed = scenario.replace(path, list(value) if isinstance(value, tuple) else value)
                found = (
                    own if present or own is False
                    else group(register, changed, effort=effort, gap=CLOSE_ENOUGH, seed=seed)
                )  # fmt: skip
                rows.append(_row(switch, _word(value), present, ceiling(register, changed, found), found))
            except (ScenarioError, InfeasibleError):
                # The register says nothing of the parts that this basis needs, or a pin or pair asks for what is
                # switched off, or for an organization that is no unit then.
                continue
    columns = ["switch", "value", "current", "ceiling", "bound", "possible", "organizations", "missing"]
    return Ceilings(pd.DataFrame(rows, columns=columns), scenario.targets.organization, top.ungrouped)


def _present(scenario: Scenario, path: str) -> Any:
    part, name = path.split(".")
    return getattr(getattr(scenario, part), name)


def _word(value: Any) -> str:
    return "" if value == () else str(value)


def _row(switch: str, value: str, current: bool, top: Ceiling, found: Grouping | Literal[False]) -> tuple[Any, ...]:
    organizations = int(top.table["organizations"].sum())
    spare = 0 if found is False else found.covered_bound - found.covered
    bound = top.value + spare / max(organizations, 1)
    return switch, value, current, top.value, bound, top.possible, organizations, top.missing
