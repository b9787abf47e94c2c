"""Whole jobs, as the command line, the panels and a notebook ask for them: a plan, a comparison, a session."""

from workbench.jobs.campaign import Campaign, is_campaign, lone_register, open_campaign, put_week, week_before
from workbench.jobs.collect import Collection, collect
from workbench.jobs.comparison import compare_scenarios, plannable_inputs
from workbench.jobs.new_folder import lay_out
from workbench.jobs.plan import Plan, make_plan
from workbench.jobs.review import STAGES as STAGES_OF_REVIEW
from workbench.jobs.review import Review, review
from workbench.jobs.stages import Stages

__all__ = [
    "STAGES_OF_REVIEW",
    "Campaign",
    "Collection",
    "Plan",
    "Review",
    "Stages",
    "collect",
    "compare_scenarios",
    "is_campaign",
    "lay_out",
    "lone_register",
    "make_plan",
    "open_campaign",
    "plannable_inputs",
    "put_week",
    "review",
    "week_before",
]
