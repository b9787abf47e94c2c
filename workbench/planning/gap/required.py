"""How much it takes: instructors for a confidence, and members for the ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Literal

import pandas as pd

from workbench.arguments import checked
from workbench.grouping import Effort, group, joined, joint_branches
from workbench.grouping.answer import Grouping
from workbench.inputs import asked, instructors_total
from workbench.inputs.register import in_scope, responsible_of, tiers
from workbench.labels import text
from workbench.numbers import percent, signed, target_percent
from workbench.planning.allocation import Allocation, allocate
from workbench.planning.desk import ResponseCache
from workbench.planning.gap.ceiling import Ceiling, ceiling
from workbench.planning.gap.ceiling_table import CLOSE_ENOUGH
from workbench.planning.gap.fewest_members import MEMBERS_OF_A_TIER, fewest_members, with_members
from workbench.shown import Shown

if TYPE_CHECKING:
    from workbench.inputs.scenario import Scenario

#: Confidences that are asked for by default.
CONFIDENCES = (0.5, 0.8, 0.9, 0.95)
#: So many members more than their values say are tried where two count on the same partner.
EXTRA_MEMBERS_TRIED = 8
#: Responsible units that a sentence names.
RESPONSIBLE_NAMED = 3


@dataclass(frozen=True, eq=False, repr=False)
class RequiredInstructors(Shown):
    """The fewest instructors for each confidence.

    Attributes
    ----------
    table
        one row a confidence, rising: reached (whether any number is enough), instructors (the fewest; the best
        found where none is enough), more (than now; negative: fewer), sample_probability (on the optimised sample) and
        probability, low, high, expected (on fresh replications); proven (no fewer do on that sample).
    now
        the scenario's own instructors.
    target
        the organization target, a share.
    allocations
        where they go, by confidence.
    """

    table: pd.DataFrame
    now: int
    target: float
    allocations: dict[float, Allocation] = field(repr=False)

    @property
    def ungrouped(self) -> int:
        """Organizations that need a joint branch where joint branches were left out; else 0."""
        return max((found.ungrouped for found in self.allocations.values()), default=0)

    def summary(self) -> str:
        """One line a confidence, in the language in use."""
        lines = [text("required.head", target=target_percent(self.target), now=self.now)]
        for confidence, row in self.table.to_dict("index").items():
            found = self.allocations[float(str(confidence))]
            chance = found.probability
            if row["reached"]:
                key = "required.line"
            elif not found.forbidden:
                key = "required.not_found"
            else:
                key = "required.never" if found.probability_bound else "required.hopeless"
            lines.append(
                text(
                    key,
                    confidence=target_percent(float(str(confidence))),
                    instructors=row["instructors"],
                    more=signed(row["more"]),
                    probability=str(chance),
                )
            )
        return "\n".join(lines)


@asked
def required_instructors(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    confidences: Sequence[float] = CONFIDENCES,
    replications: int = 1000,
    seed: int = 0,
    workers: int | None = None,
    kept: ResponseCache | None = None,
) -> RequiredInstructors:
    """The fewest instructors, each where they do most, for every confidence: `allocate` asked again and again.

    Parameters
    ----------
    register, scenario, grouping, replications, seed, workers, kept
        as for `allocate`.
    confidences
        shares; P(target) is to be at least this.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> scenario = Scenario().replace("targets.organization", 0.42)
    >>> found = required_instructors(make_city(60, 3, seed=1), scenario, confidences=(0.2, 0.9), replications=50)
    >>> found.table["reached"].tolist()
    [True, False]
    """
    replications, seed, workers = checked(replications=replications, seed=seed, workers=workers)
    wanted = sorted(checked(confidence=each)[0] for each in confidences)
    kept = ResponseCache() if kept is None else kept
    grouping = joined(register, scenario, grouping)
    allocations: dict[float, Allocation] = {}
    beyond: Allocation | None = None
    for confidence in wanted:
        # What is out of reach for one confidence is for all above it, and the best there is stays the best.
        allocations[confidence] = allocate(
            register, scenario, grouping, confidence=confidence, replications=replications, seed=seed,
            workers=workers, kept=kept,
        ) if beyond is None else replace(beyond, confidence=confidence)  # fmt: skip
        beyond = None if allocations[confidence].reached else allocations[confidence]
    now = int(next(iter(allocations.values())).start.sum()) if allocations else instructors_total(scenario, register)
    rows = {
        confidence: (
            found.reached, found.total, found.total - now, found.sample_probability, *found.probability,
            found.expected_coverage, found.proven,
        )
        for confidence, found in allocations.items()
    }  # fmt: skip
    columns = ["reached", "instructors", "more", "sample_probability", "probability", "low", "high"]
    columns += ["expected", "proven"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("confidence")
    return RequiredInstructors(table, now, scenario.targets.organization, allocations)


@dataclass(frozen=True, eq=False, repr=False)
class RequiredMembers(Shown):
    """How many members the census must find beyond the register for the ceiling to reach the target.

    Attributes
    ----------
    members
        found where they count most: enough, as joint branches found anew confirm; None where no number is.
    bound
        no fewer are enough, wherever they are found.
    table
        one row per responsible unit where some are to be found, most first: members, organizations (they are found in),
        gained (organizations covered more in it).
    places
        one row an organization: org_id, responsible, members to be found there.
    ceiling, reached, target
        the ceiling now, with them, and what is wanted; shares.
    grouping
        joint branches with them.
    held
        organizations that planners pin or link: they count as units of joint branches, however many members they have.
    """

    members: int | None
    bound: int
    table: pd.DataFrame
    places: pd.DataFrame
    ceiling: float
    reached: float
    target: float
    grouping: Grouping = field(repr=False)
    held: int = 0

    def summary(self) -> str:
        """What the census must find, in the language in use."""
        values = {
            "ceiling": percent(self.ceiling),
            "target": target_percent(self.target),
            "reached": percent(self.reached),
        }
        if self.members == 0:
            return text("members.none", **values)
        if self.members is None:
            held = text("members.held", held=self.held) if self.held else ""
            return text("members.never", held=held, **values)
        first = self.table["members"].head(RESPONSIBLE_NAMED)
        where = text("value.and").join(f"{unit} {count}" for unit, count in first.items())
        return text("members.needed", members=self.members, bound=self.bound, where=where, **values)


@asked
def required_members(
    register: pd.DataFrame,
    scenario: Scenario,
    grouping: Grouping | Literal[False] | None = None,
    *,
    values: pd.DataFrame | None = None,
    effort: str | int = "quick",
    seed: int = 0,
) -> RequiredMembers:
    """How many hidden members the census must find, and where they count most, for the ceiling to reach the target.

    One member more may make an organization a unit that completes a joint branch, or give a single-member one two
    members, enough for a branch of its own with an instructor. Which of them are worth most is taken from joint
    branches found as if every organization without a member had one; the fewest of those that are enough are then
    confirmed by finding joint branches anew for a register that holds just them. Where the city is small and planners
    neither pin nor pair, the fewest are found by proof instead: one model decides who has how many and who joins whom.

    Parameters
    ----------
    register, scenario
        as for `ceiling`.
    grouping
        who joins whom as it stands; None finds it.
    values
        what `census_value` gave for these three, where it is at hand: what one member more brings at each organization,
        exactly. Members are then also looked for where they bring most, and one is known not to be enough where no
        value is.
    effort, seed
        as for `group`, where joint branches are found anew.

    Raises
    ------
    ArgumentError
        `grouping` is False: members count here by the joint branches that they make possible.

    Examples
    --------
    >>> from workbench.inputs import Scenario, make_city
    >>> found = required_members(make_city(60, 3, seed=1), Scenario().replace("targets.organization", 0.65))
    >>> found.bound <= found.members == found.places["members"].sum()
    True
    """
    (seed,) = checked(seed=seed)
    effort = Effort.of(effort).units  # told at once, also where nothing is to be found
    own = joint_branches(register, scenario, grouping)
    top = ceiling(register, scenario, own)
    left_out = int(top.table["organizations"].loc["left_out"])
    bound = max(top.missing - left_out, min(top.missing, 1))
    if top.missing and (fewest := fewest_members(register, scenario, top.missing + _not_sure(scenario, top))):
        bound = max(bound, fewest.bound)
        if fewest.finds is not None:
            found = with_members(register, fewest.finds)
            anew = group(found, scenario, effort=effort, gap=CLOSE_ENOUGH, seed=seed)
            after = ceiling(found, scenario, anew)
            if not after.missing:
                return _told(register, scenario, top, bound, [fewest.finds], anew, after)
    valued = None
    if top.missing and values is not None:
        # No single member is enough where none brings so many: that is proven, and so is a bound of two.
        bound = max(bound, 1 if int(values["value_bound"].max()) >= top.missing else 2)
        valued = _by_value(register, scenario, values, top.missing, effort, seed)
        if valued is not None and _members(valued[0]) <= bound:
            return _told(register, scenario, top, bound, *valued)
    finds = _finds(register, scenario, own, effort, seed) if top.missing else []

    def with_first(count: int) -> tuple[pd.DataFrame, Grouping, Ceiling]:
        found = with_members(register, _together(finds[:count]))
        anew = group(found, scenario, effort=effort, gap=CLOSE_ENOUGH, seed=seed) if count else own
        return found, anew, ceiling(found, scenario, anew)

    count, tried = 0, {0: (register, own, top)}
    chosen: list[dict[str, int]] = []
    if top.missing:
        # Finds stand by what a member brings, so that more of them nearly always cover more: bisect, then confirm.
        low, count = 0, len(finds)
        tried[count] = with_first(count)
        # Whoever counted on a partner that has a branch of its own now may be stranded: such find as many themselves.
        while tried[count][2].missing and (stranded := _alone(tried[count][0], scenario, tried[count][1])):
            finds += [find for _, _, find in stranded]
            low, count = count, len(finds)
            tried[count] = with_first(count)
        while count - low > 1 and not tried[count][2].missing:
            middle = (low + count) // 2
            tried[middle] = with_first(middle)
            low, count = (low, middle) if not tried[middle][2].missing else (middle, count)
        chosen = finds[:count]
    anew, after = tried[count][1:]
    if count and not after.missing:
        for fewer in _fewer(finds, count, tried[count - 1][2].missing):
            if _members(fewer) < _members(chosen):
                found = with_members(register, _together(fewer))
                regrouped = group(found, scenario, effort=effort, gap=CLOSE_ENOUGH, seed=seed)
                reached = ceiling(found, scenario, regrouped)
                if not reached.missing:
                    chosen, anew, after = fewer, regrouped, reached
    if valued is not None and (after.missing or _members(valued[0]) < _members(chosen)):
        chosen, anew, after = valued
    return _told(register, scenario, top, bound, chosen, anew, after)


def _by_value(
    register: pd.DataFrame, scenario: Scenario, values: pd.DataFrame, missing: int, effort: str | int, seed: int
) -> tuple[list[dict[str, int]], Grouping, Ceiling] | None:
    """One member each where it brings most, as few as are enough; None where as many as `LOOKS` more are not.

    What members bring together is less than the sum where two of them count on the same partner: then further ones are
    needed, and joint branches that are found anew tell.
    """
    worth = values.loc[values["value"] > 0, "value"]
    enough = worth.cumsum() >= missing
    if not enough.any():
        return None
    first = int(enough.to_numpy().argmax()) + 1
    for count in range(first, min(first + EXTRA_MEMBERS_TRIED, len(worth)) + 1):
        finds = [{str(org_id): 1} for org_id in worth.index[:count]]
        found = with_members(register, _together(finds))
        anew = group(found, scenario, effort=effort, gap=CLOSE_ENOUGH, seed=seed)
        after = ceiling(found, scenario, anew)
        if not after.missing:
            return finds, anew, after
    return None


def _not_sure(scenario: Scenario, top: Ceiling) -> int:
    """Organizations that are covered now and need not be once members are found: units, which may join others then."""
    sure = ["branch", "standalone"] if scenario.policy.two_members == "joint" else ["branch", "standalone", "assisted"]
    return top.possible - int(top.table.loc[sure, "organizations"].sum())


def _told(
    register: pd.DataFrame,
    scenario: Scenario,
    top: Ceiling,
    bound: int,
    chosen: list[dict[str, int]],
    anew: Grouping,
    after: Ceiling,
) -> RequiredMembers:
    """The answer, with what is found where."""
    responsible = responsible_of(register, scenario).to_dict()
    places = pd.DataFrame(
        [(org_id, responsible[org_id], more) for org_id, more in _together(chosen).items()],
        columns=["org_id", "responsible", "members"],
    )
    gained = (after.by_responsible["possible"] - top.by_responsible["possible"]).rename("gained")
    table = places.groupby("responsible").agg(members=("members", "sum"), organizations=("org_id", "count"))
    table = table.join(gained).sort_values("members", ascending=False, kind="stable")
    return RequiredMembers(
        members=None if after.missing else _members(chosen),
        bound=bound,
        table=table,
        places=places,
        ceiling=top.value,
        reached=after.value,
        target=scenario.targets.organization,
        grouping=anew,
        held=len(_held(scenario) & set(register.index)),
    )


def _together(finds: list[dict[str, int]]) -> dict[str, int]:
    """Members by organization; what is found in two goes adds up."""
    members: dict[str, int] = {}
    for find in finds:
        for org_id, more in find.items():
            members[org_id] = members.get(org_id, 0) + more
    return members


def _members(finds: list[dict[str, int]]) -> int:
    return sum(map(_size, finds))


def _fewer(finds: list[dict[str, int]], count: int, missing: int) -> list[list[dict[str, int]]]:
    """Ways to cover what the last find is for by fewer members: part of it, or branches of their own."""
    before, last = finds[: count - 1], finds[count - 1]
    parts = [dict(list(last.items())[:size]) for size in range(1, len(last))]
    singles = sorted((find for find in finds[count - 1 :] if len(find) == 1), key=_size)[:missing]
    return [*([*before, part] for part in parts), [*before, *singles]]


def _size(find: dict[str, int]) -> int:
    return sum(find.values())


def _finds(
    register: pd.DataFrame, scenario: Scenario, own: Grouping, effort: str | int, seed: int
) -> list[dict[str, int]]:
    """What the census might find, org_id -> members, by what each member of it brings: first what completes joint
    branches, then what makes branches of their own."""
    scope = in_scope(register, scenario)
    tier = tiers(scope, scenario)
    idle = ~scope["dormant"].to_numpy(dtype=bool)
    empty = set(scope.index[idle & (tier == "T0").to_numpy()])
    left_out = set(own.left_out["org_id"])
    richer = with_members(register, dict.fromkeys(empty, 1))
    dreamt = group(richer, scenario, effort=effort, gap=CLOSE_ENOUGH, seed=seed)
    worth: list[tuple[float, str, dict[str, int]]] = []
    for facility, units in dreamt.assignment.groupby("facility_id", sort=True)["org_id"]:
        found = sorted(set(units) & empty)
        if found:
            brought = len(found) + len(set(units) & left_out)
            worth.append((brought / len(found), f"1{facility}", dict.fromkeys(found, 1)))
    taken = {org_id for _, _, find in worth for org_id in find}
    worth += [one for one in _alone(register, scenario, own) if not taken & one[2].keys()]
    return [find for _, _, find in sorted(worth, key=lambda one: (-one[0], one[1]))]


def _alone(register: pd.DataFrame, scenario: Scenario, found: Grouping) -> list[tuple[float, str, dict[str, int]]]:
    """A branch of one's own for everybody left without: what a member brings there, and how many it takes."""
    scope = in_scope(register, scenario)
    tier = tiers(scope, scenario)
    empty = set(scope.index[~scope["dormant"].to_numpy(dtype=bool) & (tier == "T0").to_numpy()])
    # Two members where they may be assisted, else three.
    enough = 2 if scenario.policy.two_members == "assisted" else 3
    without = (empty | set(found.left_out["org_id"])) - _held(scenario)
    lacking = {str(each): enough - MEMBERS_OF_A_TIER[tier[str(each)]] for each in without}
    return [(1 / more, f"2{org_id}", {org_id: more}) for org_id, more in sorted(lacking.items())]


def _held(scenario: Scenario) -> set[str]:
    """Whom planners pin or link: they are to be in a joint branch, and with a branch of their own could not be."""
    return {*scenario.grouping.pinned, *chain.from_iterable(scenario.grouping.must_link)}
