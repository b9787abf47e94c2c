"""Where a scenario's values stand: the file and line of each, so that a fault can say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.errors import Fault
from workbench.labels import text

#: The keys from the top of a scenario down to a value; list members by their number.
Keys = tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """One place in a file: its name, its turn in the chain of `base:` (0 is the file that was asked for), the
    line,
    and the value as it is written there (empty for maps and lists)."""

    file: str
    turn: int
    line: int
    written: str = ""


@dataclass(frozen=True)
class Origin:
    """What the reader of files knows beside the values. A scenario made in memory has an empty one.

    Two origins always compare equal: where a scenario was read says nothing about what it is.
    """

    file: str | None = field(default=None, compare=False)
    spots: Mapping[Keys, Spot] = field(default_factory=dict, compare=False)
    #: Faults found while reading (keys that stand twice, and the like), each with its place.
    faults: tuple[tuple[Spot, Fault], ...] = field(default=(), compare=False)
    #: What was replaced after reading: no file holds those values any more.
    in_memory: tuple[Keys, ...] = field(default=(), compare=False)
    #: The folder of the file that names the register.
    register_folder: Path | None = field(default=None, compare=False)

    def spot(self, keys: Keys) -> Spot | None:
        """The place of a value, or of what it should stand in; none for what was replaced in memory."""
        if any(keys[: len(path)] == path for path in self.in_memory):
            return None
        while keys and keys not in self.spots:
            keys = keys[:-1]
        return self.spots.get(keys)

    def place(self, keys: Keys) -> str:
        """For people: ``baseline.yaml:14 calendar.deadline``."""
        path = ".".join(keys)
        spot = self.spot(keys)
        where = f"{spot.file}:{spot.line}" if spot else self.file or ""
        return f"{where} {path}".strip()

    def written(self, keys: Keys) -> str:
        """The value as the file writes it; empty where it is not a single value of the file."""
        spot = self.spots.get(keys) if self.spot(keys) else None
        return spot.written if spot else ""

    def is_elsewhere(self, keys: Keys) -> bool:
        """Whether the value stands in another file than the one asked for: such values are not quoted."""
        spot = self.spot(keys)
        return spot is not None and spot.turn > 0

    def in_reading_order(self, faults: Iterable[tuple[Keys, Fault]]) -> list[Fault]:
        """These and the faults of reading as a reader meets them: the file asked for first, from top to bottom."""
        placed = [(self.spot(keys) or Spot("", 0, 0), fault) for keys, fault in faults]
        everything = sorted([*self.faults, *placed], key=lambda found: (found[0].turn, found[0].line))
        return [fault for _, fault in everything]

    def headline(self, count: int) -> str:
        """What failed, in one sentence."""
        if self.file is None:
            return text("error.scenario", count=count)
        return text("error.scenario_file", file=self.file, count=count)

    def read(self) -> Origin:
        """The origin of the scenario that was read without fault."""
        return replace(self, faults=())

    def changed(self, paths: Iterable[Keys]) -> Origin:
        """The origin after values at `paths` were replaced in memory: no file holds those any more."""
        return replace(self, file=None, in_memory=(*self.in_memory, *paths))
