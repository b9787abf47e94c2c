"""One family of errors: every message names the value, the place, the rule and the repair.

Checks collect all faults and raise once, so that a planner repairs a file in one go. Sentences stand in
`workbench.labels` under ``fault.<code>.rule`` and ``fault.<code>.repair``, in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.labels import text


@dataclass(frozen=True)
class Fault:
    """One fault in an input.

    Attributes
    ----------
    code
        the fault's name in the labels table, for example ``"duplicate_id"``.
    place
        where it is: ``"row 12, column full_members"``, ``"baseline.yaml:14 calendar.deadline"``.
    value
        what stands there, as text; empty where something is missing.
    details
        what the sentences of the labels table fill in; `more`: it stands for so many more that are alike.
    """

    code: str
    place: str
    value: str = ""
    details: dict[str, object] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """Where it is, and at how many more places it is alike, in the language in use."""
        more = self.details.get("more")
        return text("fault.places", place=self.place, more=more) if more else self.place

    @property
    def rule(self) -> str:
        """What should be so, in the language in use."""
        return text(f"fault.{self.code}.rule", **self.details)

    @property
    def repair(self) -> str:
        """What to do about it, in the language in use."""
        return text(f"fault.{self.code}.repair", **self.details)

    def __str__(self) -> str:
        shown = text("fault.value", value=self.value) if self.value else ""
        line = text("fault.line", place=self.where, value=shown, rule=self.rule, repair=self.repair)
        # Half a character, as an escape can write it, would stop whoever prints or stores the message.
        return line.encode("utf-8", "backslashreplace").decode("utf-8")


class WorkbenchError(Exception):
    """The family: anything the workbench refuses, said in plain words.

    Parameters
    ----------
    headline
        one sentence that says what failed.
    faults
        every fault found, in the order a reader meets them.
    """

    #: How many faults the message spells out; `faults` holds all of them.
    shown = 50

    def __init__(self, headline: str, faults: Sequence[Fault] = ()) -> None:
        self.headline = headline
        self.faults = tuple(faults)
        super().__init__(headline)

    def __str__(self) -> str:
        lines = [self.headline, *(f"  - {fault}" for fault in self.faults[: self.shown])]
        if len(self.faults) > self.shown:
            lines.append("  - " + text("fault.more", count=len(self.faults) - self.shown))
        return "\n".join(lines)

    def __reduce__(self) -> tuple[type[WorkbenchError], tuple[str, tuple[Fault, ...]]]:
        return type(self), (self.headline, self.faults)


class RegisterError(WorkbenchError):
    """The register of organizations breaks a rule."""


class RegisterWarning(UserWarning):
    """A register breaks no rule, but holds what is probably not meant."""


class ScenarioError(WorkbenchError):
    """A scenario breaks a rule, or does not fit its register."""


class InfeasibleError(WorkbenchError):
    """What is demanded cannot be met; the arithmetic reason comes first."""


class ArgumentError(WorkbenchError, ValueError, TypeError):
    """A function was asked with what it cannot take: what was given, what is wanted, what to do."""


class NotAUnitError(ArgumentError, KeyError):
    """An organization was asked about that a grouping has nothing to do with."""


class StoreError(WorkbenchError):
    """A result cannot be written or read."""


class Cancelled(WorkbenchError):
    """A long job was stopped by its user."""


class WorkbenchWarning(UserWarning):
    """Something that a user should know, though the work goes on."""
