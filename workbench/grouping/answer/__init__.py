"""The answer: groups with their proof, checked anew, and reasons that a person can read."""

from workbench.grouping.answer.conflicts import explain_conflict, refute
from workbench.grouping.answer.reasons import demand_words, reason_words, reasons_of
from workbench.grouping.answer.result import Grouping, Proof, grouping_of

__all__ = [
    "Grouping",
    "Proof",
    "demand_words",
    "explain_conflict",
    "grouping_of",
    "reason_words",
    "reasons_of",
    "refute",
]
