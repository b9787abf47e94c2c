"""One replication, case by case: drawn, served by the kernel, replayed, exchanged with other models."""

from workbench.simulation.tracing.all_draws import AllDraws, all_draws
from workbench.simulation.tracing.replay import replay
from workbench.simulation.tracing.trace import Trace, trace

__all__ = ["AllDraws", "Trace", "all_draws", "replay", "trace"]
