"""The gradient of the mean squared error."""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error at the weights `w`.

    X: (n, d), y: (n,), w: (d,) -> (d,)
    """
    # BEGIN SOLUTION
    error = X @ w - y  # (n, d) @ (d,) -> (n,)
    return 2 / len(y) * (X.T @ error)  # (d, n) @ (n,) -> (d,)
    # END SOLUTION
