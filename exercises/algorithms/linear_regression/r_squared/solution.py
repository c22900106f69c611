"""The coefficient of determination."""

import numpy as np


def r_squared(y: np.ndarray, y_pred: np.ndarray) -> float:
    """Return how much better the predictions are than the mean of the targets.

    y: (n,), y_pred: (n,) -> at most 1; for constant targets 1.0 or 0.0
    """
    # BEGIN SOLUTION
    if np.all(y == y[0]):
        return 1.0 if np.array_equal(y, y_pred) else 0.0
    unexplained = np.sum((y - y_pred) ** 2)
    total = np.sum((y - y.mean()) ** 2)
    return 1 - unexplained / total
    # END SOLUTION
