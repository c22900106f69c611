"""The gradient of the mean squared error."""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the gradient of the mean squared error at the weights `w`.

    X: (n, d), y: (n,), w: (d,) -> (d,)
    """
    raise NotImplementedError
