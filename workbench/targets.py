"""When a count reaches a target: decided in whole numbers, here and nowhere else.

A target is a share, a count is whole. A share that was rounded on the way (a mean of shares, 0.5999999999999998 for
0.6) decides nothing: what is compared is the count, or the sum of the counts of all replications, with the least count
that reaches the target. A share that is one division of such a count decides as the count does, and may be shown and
compared; so every share that a result holds is one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def least_count(share: float, of: int) -> int:
    """The least count whose share, in doubles, is at least `share` (docs/model.md §7).

    Parameters
    ----------
    share
        a target or a confidence, 0 or more.
    of
        how many there are in all: organizations, replications, or organizations times replications.

    Examples
    --------
    >>> least_count(0.6, 1200), least_count(1 / 3, 3), least_count(0.07, 100)
    (720, 1, 7)
    >>> least_count(0.6, 0)  # nobody is never 60 %
    1
    """
    whole = max(of, 1)
    count = max(math.floor(share * whole) - 1, 0)
    while count / whole < share:
        count += 1
    return count


@overload
def reaches(count: int, share: float, of: int) -> bool: ...
@overload
def reaches(count: NDArray[Any], share: float, of: int) -> NDArray[np.bool_]: ...
def reaches(count: int | NDArray[Any], share: float, of: int) -> bool | NDArray[np.bool_]:
    """Whether a count is at least `share` of all there are.

    Parameters
    ----------
    count
        whole, one or many. Of a mean over replications: the sum of all their counts, and `of` is the organizations
        times the replications.
    share, of
        as for `least_count`.

    Examples
    --------
    One of five is 20 %, and so is the mean of seven such replications, whatever a mean of floats says:

    >>> import numpy as np
    >>> bool(np.full(7, 1 / 5).mean() >= 0.2), reaches(7 * 1, 0.2, 7 * 5)
    (False, True)
    """
    return count >= least_count(share, of)
