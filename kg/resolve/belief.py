"""Say how sure an action is that several sources tell."""

from __future__ import annotations

import math
from collections.abc import Iterable

_CEILING = 0.99  # sources err together: no number of them makes a reading certain


def combine_confidences(confidences: Iterable[float]) -> float:
    """Combine what independent sources say by noisy-or: the chance that not all of them are misread.

    Parameters
    ----------
    confidences
        One number in 0..1 a source; 1 is the word of a reviewer who read it, and makes the action certain.

    Notes
    -----
    1 - prod(1 - c), as INDRA's belief model does for evidence of one kind (Gyori et al. 2017); capped below certainty.
    """
    told = tuple(confidences)
    if 1.0 in told:
        return 1.0
    wrong = math.prod(1.0 - confidence for confidence in told)
    return round(min(1.0 - wrong, _CEILING), 4)
