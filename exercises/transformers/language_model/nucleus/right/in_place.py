"""What is not kept is set to zero, in place on a copy."""

import numpy as np


def top_p(probabilities, p):
    out = np.copy(probabilities)
    if p < 1:
        order = np.lexsort((np.arange(out.size), -out))
        reached = np.cumsum(out[order])
        last = np.searchsorted(reached, p)  # the first that reaches p
        out[order[last + 1 :]] = 0
    out /= out.sum()
    return out
