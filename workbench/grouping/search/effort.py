"""How hard to try, in work units that mean the same on any machine."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.arguments import Rule, broken
from workbench.errors import ArgumentError

#: Work units behind the words.
WORDS = {"quick": 1, "normal": 8, "high": 64}
#: Each step of a longer search is of so many times the work of the one before.
WORK_FACTOR = 8


@dataclass(frozen=True)
class Effort:
    """Limits that follow from a number of work units; none of them is a time.

    Attributes
    ----------
    units
        the number itself.
    passes
        passes of small moves.
    rounds
        price rounds.
    tight_items
        items of a part up to which cuts raise its bound.
    sweeps
        times that neighbourhoods may go over a part.
    columns
        groups listed at most.
    looks
        looks at HiGHS's search in one solve.
    solves
        of the relaxation in a tree over a thousand items.
    cut_rounds
        rounds of cuts.
    exact_arcs
        arcs up to which the compact model is tried as a proof.
    window
        how much larger than the least a neighbourhood is.
    inside
        windows that are searched as parts of their own, each with a normal effort.
    places
        that each item keeps where hardly two on one point are alike.
    """

    units: int
    passes: int
    rounds: int
    tight_items: int
    sweeps: int
    columns: int
    looks: int
    solves: int
    cut_rounds: int
    exact_arcs: int
    window: float
    inside: int
    places: int

    @classmethod
    def of(cls, effort: str | int) -> Effort:
        """From a word (quick, normal, high) or a number of work units (1 or more).

        >>> Effort.of("normal") == Effort.of(8)
        True
        """
        units = WORDS.get(effort) if isinstance(effort, str) else effort
        if units is None or isinstance(units, bool) or not isinstance(units, int) or units < 1:
            raise ArgumentError(broken("effort", effort, Rule(bool, "effort", {"known": ", ".join(WORDS)})))
        root = int(units**0.5)
        return cls(
            units=units,
            passes=5 + root,
            rounds=400 + 200 * root,
            tight_items=5_000 * (1 + root),
            sweeps=1 + root,
            columns=max(10_000 * (1 + root), 60_000 * units),
            looks=60 * units,
            solves=80 * units,
            cut_rounds=10 + 10 * root,
            exact_arcs=1_000 * (units - 1),
            window=max(1.0, units.bit_length() / 4),
            inside=max(0, units - 8) // 4,
            places=8 + 2 * root,
        )

    def steps(self, first: int) -> tuple[Effort, ...]:
        """The efforts of a search in turn: from `first` work units up, each going on where the one before ended.

        So more work is never worse than less: what a longer search does first is the shorter one.

        >>> [step.units for step in Effort.of("high").steps(8)], [step.units for step in Effort.of(20).steps(1)]
        ([8, 64], [1, 8, 20])
        """
        before, units = [], first
        while units < self.units:
            before.append(Effort.of(units))
            units *= WORK_FACTOR
        return (*before, self)
