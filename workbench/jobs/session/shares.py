"""How instructors move between streets when a planner moves one slider; plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping


def moved(
    now: Mapping[str, int], street: str, wanted: int, *, total: int | None = None, fair: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Give a street so many instructors.

    Parameters
    ----------
    now
        instructors by street.
    street, wanted
        who gets how many.
    total
        keep to so many in all: who comes in first, from those that no street has, then one at a time from
        the street that has most beyond its fair share, ties by name. None: as many as wanted.
    fair
        what each street would get by need; without it, streets with most give first.

    Returns
    -------
    dict[str, int]
        by street, never negative. With a total, a street cannot have more than all of it.

    Examples
    --------
    >>> moved({"a": 2, "b": 5, "c": 3}, "a", 4, total=11, fair={"a": 4, "b": 3, "c": 3})
    {'a': 4, 'b': 4, 'c': 3}
    >>> moved({"a": 2, "b": 5}, "a", 1, total=7)
    {'a': 1, 'b': 5}
    """
    after = dict(now)
    after[street] = max(0, wanted if total is None else min(wanted, total))
    if total is None:
        return after
    share = fair or {}
    while sum(after.values()) > total:
        giving = [name for name in sorted(after) if name != street and after[name] > 0]
        giver = max(giving, key=lambda name: (after[name] - share.get(name, 0), _last_first(name)))
        after[giver] -= 1
    return after


def _last_first(name: str) -> tuple[int, ...]:
    """Turns the order of names round, so that of equals the first by name is the greatest."""
    return tuple(-ord(letter) for letter in name)
