"""The problem: units, facilities, places, demands, and what can be cut from it at once."""

from workbench.grouping.problem.build import Problem, build_problem
from workbench.grouping.problem.core import Component, Core, Flags, core_of, parts_of, ranges, ranks, restrict, unit_of
from workbench.grouping.problem.facilities import COMMUNITY, HOST, KINDS, PEER, Texts
from workbench.grouping.problem.pairings import pairings_by
from workbench.grouping.problem.places import Floats, Ints, places_of
from workbench.grouping.problem.reduce import Reduced, reduce_core
from workbench.grouping.problem.surroundings import Demand, Surroundings, demands_of, surroundings_of

__all__ = [
    "COMMUNITY",
    "HOST",
    "KINDS",
    "PEER",
    "Component",
    "Core",
    "Demand",
    "Flags",
    "Floats",
    "Ints",
    "Problem",
    "Reduced",
    "Surroundings",
    "Texts",
    "build_problem",
    "core_of",
    "demands_of",
    "pairings_by",
    "parts_of",
    "places_of",
    "ranges",
    "ranks",
    "reduce_core",
    "restrict",
    "surroundings_of",
    "unit_of",
]
