"""How long a question will take, before it is asked: small runs, and what their times grow by."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from workbench.arguments import checked
from workbench.inputs import asked

#: Replications of the small runs: the first also compiles and finds joint branches, which the second has then.
FEW, MORE = 20, 100


@asked
def time_needed(question: Callable[..., Any], *given: Any, replications: int, **named: Any) -> float:
    """Estimate how many seconds a question takes with so many replications, on this machine as busy as it is now.

    The question is asked with 20 replications, which also has everything compiled and joint branches found, then with
    20 and 100 again; time grows evenly with replications from there. The estimate costs what these three runs cost.

    Parameters
    ----------
    question
        `simulate`, `explain_gap`, `measures`, `sweep` or whatever else takes ``replications``.
    given, named
        what it would be asked with.
    replications
        how many it would be asked for.

    Returns
    -------
    float
        seconds.

    Raises
    ------
    ValueError
        a number outside its range.

    Examples
    --------
    >>> import workbench as wb
    >>> city = wb.make_city(60, 3, seed=1)
    >>> 0.0 < wb.time_needed(wb.simulate, city, wb.Scenario(), replications=2000) < 600.0
    True
    """
    (replications,) = checked(replications=replications)

    def seconds(count: int) -> float:
        begun = perf_counter()
        question(*given, replications=count, **named)
        return perf_counter() - begun

    seconds(FEW)
    few, more = seconds(FEW), seconds(MORE)
    each = max(more - few, 0.0) / (MORE - FEW)
    return max(few + each * (replications - FEW), 0.0)
