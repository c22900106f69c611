"""Leverages and leave-one-out residuals, without the hat matrix."""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    """Return the leverage of each sample in a linear model with an intercept.

    X: (n, d), without a column of ones -> (n,)
    """
    # BEGIN SOLUTION
    design = np.column_stack([np.ones(len(X)), X])  # (n, d + 1)
    Q, _ = np.linalg.qr(design)
    return np.sum(Q**2, axis=1)
    # END SOLUTION


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return how far each target is from the prediction of the fit without it.

    X: (n, d), without a column of ones, y: (n,) -> (n,)
    """
    # BEGIN SOLUTION
    design = np.column_stack([np.ones(len(X)), X])  # (n, d + 1)
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)  # (n, d + 1) @ (d + 1,) -> (n,)
    return residual / (1 - leverage(X))
    # END SOLUTION
