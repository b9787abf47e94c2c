"""Answers kept at hand: what each responsible pool adds for each number of instructors, simulated once."""

from workbench.planning.desk.cache import ResponseCache
from workbench.planning.desk.desk import Desk
from workbench.planning.desk.prospect import Prospect, prospect
from workbench.planning.desk.responses import Responses, whole_number

__all__ = ["Desk", "Prospect", "ResponseCache", "Responses", "prospect", "whole_number"]
