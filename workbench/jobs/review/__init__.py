"""The review of a campaign under way, from its register, its plan and last week's register."""

from workbench.jobs.review.filing import WHEN, due_by_unit, filing_list
from workbench.jobs.review.review import STAGES, Review, review

__all__ = ["STAGES", "WHEN", "Review", "due_by_unit", "filing_list", "review"]
