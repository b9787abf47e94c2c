"""Who stands for whom: each responsible unit's instructors, numbered, and the organizations that each is assigned."""

from workbench.planning.assignment.assign import Assignment, assign
from workbench.planning.assignment.check import AssignmentReport

__all__ = ["Assignment", "AssignmentReport", "assign"]
