"""DPO for preferences of which some are the wrong way round."""

import numpy as np


def dpo(
    c: np.ndarray,
    w: np.ndarray,
    c0: np.ndarray,
    w0: np.ndarray,
    beta: float,
    doubt: float = 0.0,
) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the mean loss of n pairs, and its gradients with respect to c and w.

    c, w, c0, w0: (n,) -> a number, (n,), (n,)
    """
    # BEGIN SOLUTION
    m = beta * ((c - w) - (c0 - w0))
    right, wrong = np.logaddexp(0, -m), np.logaddexp(0, m)
    losses = (1 - doubt) * right + doubt * wrong
    slope = beta * (doubt - np.exp(-wrong)) / len(m)
    return float(np.mean(losses)), slope, -slope
    # END SOLUTION
