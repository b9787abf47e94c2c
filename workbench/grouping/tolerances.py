"""What the grouping takes as equal, each tolerance once; a closet asks for them here."""

from __future__ import annotations

#: How much further than the limit still counts as within it, in km: rounding, not leniency.
DISTANCE_KM = 1e-9
#: Costs closer than this, relative to their size, are the same: sums of doubles, and HiGHS's own tolerances.
SAME_COST = 1e-9
#: How far HiGHS's figure of a cost may be from the cost itself, relative to it.
SOLVER_COST = 1e-7
#: How near a whole number a value of the relaxation is taken as one.
NEAR_WHOLE = 1e-7
#: A column is worth adding where its reduced cost is below minus this.
REDUCED_COST = 1e-8
#: What a bound on a whole number may miss it by, and be rounded to it all the same.
WHOLE_BOUND = 1e-6
#: Costs are held to be multiples of a step where they are this near to one, relative to their size.
COST_STEP = 1e-12
#: A cut is broken, and a reported figure recomputed wrong, only beyond these.
BROKEN_CUT, RECOMPUTED = 1e-4, 1e-6
