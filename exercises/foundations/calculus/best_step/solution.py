"""The error of the rule of four values for the sine, and its best step."""

import numpy as np


def worst_errors(x: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Return the largest error over all points for each step. (n,), (m,) -> (m,)."""
    # BEGIN SOLUTION
    h = h[:, None]  # (m, 1)
    near = np.sin(x + h) - np.sin(x - h)  # (m, n)
    far = np.sin(x + 2 * h) - np.sin(x - 2 * h)
    quotients = (8 * near - far) / (12 * h)
    return np.abs(quotients - np.cos(x)).max(axis=1)
    # END SOLUTION


def best_power(x: np.ndarray, powers: np.ndarray) -> int:
    """Return the one of the powers p whose step 10⁻ᵖ has the smallest worst error.

    x: (n,), powers: (m,), whole numbers
    """
    # BEGIN SOLUTION
    return int(powers[np.argmin(worst_errors(x, 10.0**-powers))])
    # END SOLUTION
