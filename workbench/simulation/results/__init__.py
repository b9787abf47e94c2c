"""What replications show: outcomes, estimates, files, where a result comes from."""

from workbench.simulation.results.estimate import Estimate, wilson
from workbench.simulation.results.facts import reached_already
from workbench.simulation.results.outcome import VARIABLES, Outcome, Target
from workbench.simulation.results.provenance import provenance
from workbench.simulation.results.store import load_outcome

__all__ = ["VARIABLES", "Estimate", "Outcome", "Target", "load_outcome", "provenance", "reached_already", "wilson"]
