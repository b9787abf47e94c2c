"""Where a campaign stands, unit by unit, and whether it is ahead of its own plan or behind (MODEL §10, Score)."""

from workbench.planning.score.ranks import LEVEL, percentiles, ranks, ranks_by_luck
from workbench.planning.score.score import PLANNED, TAIL, Score, branches_on, day_of, score
from workbench.planning.score.states import STATES, Standing, standing

__all__ = [
    "LEVEL",
    "PLANNED",
    "STATES",
    "TAIL",
    "Score",
    "Standing",
    "branches_on",
    "day_of",
    "percentiles",
    "ranks",
    "ranks_by_luck",
    "score",
    "standing",
]
