"""Leverages and leave-one-out residuals, without the hat matrix."""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    """Return the leverage of each sample in a linear model with an intercept.

    X: (n, d), without a column of ones -> (n,)
    """
    raise NotImplementedError


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return how far each target is from the prediction of the fit without it.

    X: (n, d), without a column of ones, y: (n,) -> (n,)
    """
    raise NotImplementedError
