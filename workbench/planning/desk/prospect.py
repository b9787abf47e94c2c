"""What an allocation comes to: both coverages, and the chance of both targets, on one sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.planning.desk.responses import Responses
from workbench.simulation.results import Estimate, Target, wilson
from workbench.targets import reaches


class Prospect(NamedTuple):
    """Both coverages by the deadline with certain instructors, on certain replications.

    probability : P(organization target). expected : mean organization coverage, a share.
    work_probability : P(work target). expected_work : mean work coverage, a share.
    """

    probability: Estimate
    expected: float
    work_probability: Estimate
    expected_work: float

    def of(self, target: Target) -> tuple[float, Estimate]:
        """Mean coverage and P(target) of one of the two."""
        if target == "organization":
            return self.expected, self.probability
        return self.expected_work, self.work_probability

    def better_than(self, other: Prospect, least: float = 0.0) -> bool:
        """Whether it is better in what instructors are sent for, in that order: P(organization target), expected
        organization coverage, expected work coverage. Differences of less than `least` decide nothing."""
        for one, two in (
            (self.probability.value, other.probability.value),
            (self.expected, other.expected),
            (self.expected_work, other.expected_work),
        ):
            if abs(one - two) > least:
                return one > two
        return False


def prospect(responses: Responses, instructors: Sequence[int], workers: int | None = None) -> Prospect:
    """What so many instructors come to, in the order of the codes, on the replications of `responses`."""
    numbers = [int(number) for number in instructors]
    responses.fill(numbers, workers, least=numbers)
    targets, count, size = responses.setup.scenario.targets, responses.replications, responses.organizations
    said: list[Estimate | float] = []
    counts = responses.branches(numbers), responses.works(numbers)
    for covered, target in zip(counts, (targets.organization, targets.work), strict=True):
        said.append(wilson(int(reaches(covered, target, size).sum()), count))
        said.append(int(covered.sum()) / (max(size, 1) * count))
    return Prospect(*said)  # type: ignore[arg-type]
