"""Campaigns at the edge of what there is, for tests of what is said about them."""

from __future__ import annotations

import re

import pandas as pd

import workbench as wb
from workbench.inputs import make_city
from workbench.inputs.scenario import DEFAULT_MEASURES, Scenario

#: What no sentence holds: numbers that are none, zeros with a sign, blanks that nobody filled in.
NONSENSE = re.compile(r"\bnan\b|\bNone\b(?! of)|\binf\b|(?<!\d)[-−]0(\.0+)?(?![\d.])|[{}]|NaT")

#: Ten of fifteen measures, struck, where measures are not what a test is about: most sets that a plan tries go.
STRUCK = dict.fromkeys(DEFAULT_MEASURES[5:])


def city(organizations: int = 80, streets: int = 3, **changes: object) -> pd.DataFrame:
    register = make_city(organizations, streets, seed=5)
    for column, value in changes.items():
        register[column] = value
    return wb.check_register(register)


def rules(**changes: object) -> Scenario:
    given = {"instructors.total": 20, "costs.instructor_month": 300}
    return Scenario().replace(given | {key.replace("__", "."): value for key, value in changes.items()})


def none_left() -> pd.DataFrame:
    """Everybody has the members for a branch of its own: nobody needs a joint one, nobody is without a member."""
    register = make_city(80, 3, seed=5)
    parts = ["members_on_roll", "members_floating", "members_part_time"]
    register[parts] = [4, 0, 0]
    register["full_members"] = 4
    return wb.check_register(register)


CASES = {
    "no instructors": lambda: (city(), rules(instructors__total=0)),
    "no meetings": lambda: (city(), rules(committee__agenda=0)),
    "all covered": lambda: (city(has_branch=True, dormant=False), rules()),
    "nobody left": lambda: (none_left(), rules()),
    "nobody has a member": lambda: (
        city(full_members=0, members_on_roll=0, members_floating=0, members_part_time=0, has_branch=False,
             host_capacity=0), rules()
    ),
    "one unit": lambda: (city(40, 1), rules()),
    "one organization": lambda: (city(1, 1), rules()),
    "deadline tomorrow": lambda: (
        city(),
        rules(calendar__start="2027-08-23", calendar__mobilisation="2027-08-23", calendar__census_end="2027-08-23",
              calendar__formation_opens="2027-08-23", calendar__review="2027-08-24", calendar__deadline="2027-08-24"),
    ),
    "a census that may find members": lambda: (
        city(), rules(census__discovery={"chance": 0.1, "more": {1: 0.7, 2: 0.3}, "fewer": 0.02}),
    ),
    "a target that is met already": lambda: (city(), rules(targets__organization=0.05)),
    "a target just above the ceiling": lambda: (city(), rules(targets__organization=0.999)),
    "one instructor": lambda: (city(40, 1), rules(instructors__total=1)),
    "instructors come later": lambda: (
        city(), rules(instructors__total=0, instructors__arrivals=[
            {"responsible": unit, "count": 4, "from": "2027-08-09"} for unit in sorted(set(city()["responsible"]))
        ]),
    ),
    "everybody is dormant": lambda: (city(dormant=True, has_branch=False, host_capacity=0), rules()),
}  # fmt: skip
