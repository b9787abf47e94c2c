"""Whole jobs, as the command line, the panels and a notebook ask for them: a plan, a comparison, a session."""

from workbench.jobs.collect import Collection, collect
from workbench.jobs.comparison import compare_scenarios, plannable_inputs
from workbench.jobs.new_folder import lay_out
from workbench.jobs.plan import Plan, make_plan
from workbench.jobs.stages import Stages

__all__ = ["Collection", "Plan", "Stages", "collect", "compare_scenarios", "lay_out", "make_plan", "plannable_inputs"]
