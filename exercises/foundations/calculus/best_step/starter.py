"""The error of the rule of four values for the sine, and its best step."""

import numpy as np


def worst_errors(x: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Return the largest error over all points for each step. (n,), (m,) -> (m,)."""
    raise NotImplementedError


def best_power(x: np.ndarray, powers: np.ndarray) -> int:
    """Return the one of the powers p whose step 10⁻ᵖ has the smallest worst error.

    x: (n,), powers: (m,), whole numbers
    """
    raise NotImplementedError
