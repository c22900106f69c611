"""The error of the central difference of the sine, and its best step."""

import numpy as np


def worst_errors(x: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Return the largest error over all points for each step. (n,), (m,) -> (m,)."""
    # BEGIN SOLUTION
    steps = h[:, None]  # (m, 1)
    quotients = (np.sin(x + steps) - np.sin(x - steps)) / (2 * steps)  # (m, n)
    return np.abs(quotients - np.cos(x)).max(axis=1)
    # END SOLUTION


def best_power(x: np.ndarray, powers: np.ndarray) -> int:
    """Return the one of the powers p whose step 10⁻ᵖ has the smallest worst error.

    x: (n,), powers: (m,), whole numbers
    """
    # BEGIN SOLUTION
    return int(powers[np.argmin(worst_errors(x, 10.0**-powers))])
    # END SOLUTION
