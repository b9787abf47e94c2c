"""How instructors move between responsible units when a planner moves one slider; plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping


def moved(
    now: Mapping[str, int],
    responsible: str,
    wanted: int,
    *,
    total: int | None = None,
    fair: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Give a responsible unit so many instructors.

    Parameters
    ----------
    now
        instructors by responsible unit.
    responsible unit, wanted
        who gets how many.
    total
        keep to so many in all: who comes in first, from those that no responsible unit has, then one at a time from
        the responsible unit that has most beyond its fair share, ties by name. None: as many as wanted.
    fair
        what each responsible unit would get by need; without it, responsible units with most give first.

    Returns
    -------
    dict[str, int]
        by responsible unit, never negative. With a total, a responsible unit cannot have more than all of it.

    Examples
    --------
    >>> moved({"a": 2, "b": 5, "c": 3}, "a", 4, total=11, fair={"a": 4, "b": 3, "c": 3})
    {'a': 4, 'b': 4, 'c': 3}
    >>> moved({"a": 2, "b": 5}, "a", 1, total=7)
    {'a': 1, 'b': 5}
    """
    after = dict(now)
    after[responsible] = max(0, wanted if total is None else min(wanted, total))
    if total is None:
        return after
    share = fair or {}
    while sum(after.values()) > total:
        giving = [name for name in sorted(after) if name != responsible and after[name] > 0]
        giver = max(giving, key=lambda name: (after[name] - share.get(name, 0), _last_first(name)))
        after[giver] -= 1
    return after


def _last_first(name: str) -> tuple[int, ...]:
    """Turns the order of names round, so that of equals the first by name is the greatest."""
    return tuple(-ord(letter) for letter in name)
