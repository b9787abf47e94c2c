"""The problem: units, facilities, places, demands, and what can be cut from it at once."""

from workbench.grouping.problem.build import Problem, build_problem
from workbench.grouping.problem.core import Component, Core, Flags, core_of, parts_of, restrict
from workbench.grouping.problem.facilities import COMMUNITY, HOST, KINDS, Texts
from workbench.grouping.problem.places import Floats, Ints, places_of
from workbench.grouping.problem.reduce import Reduced, reduce_core

__all__ = [
    "COMMUNITY",
    "HOST",
    "KINDS",
    "Component",
    "Core",
    "Flags",
    "Floats",
    "Ints",
    "Problem",
    "Reduced",
    "Texts",
    "build_problem",
    "core_of",
    "parts_of",
    "places_of",
    "reduce_core",
    "restrict",
]
