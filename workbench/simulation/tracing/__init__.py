"""One replication, case by case: drawn, served by the kernel, replayed, exchanged with other models, told by week."""

from workbench.simulation.tracing.all_draws import AllDraws, all_draws
from workbench.simulation.tracing.replay import replay
from workbench.simulation.tracing.trace import Trace, trace
from workbench.simulation.tracing.weekly import weekly_registers

__all__ = ["AllDraws", "Trace", "all_draws", "replay", "trace", "weekly_registers"]
