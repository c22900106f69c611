"""Root mean square normalization."""

import numpy as np


def rms_norm(x: np.ndarray, gain: np.ndarray, eps: float) -> np.ndarray:
    """Return each vector divided by its root mean square, times the gain.

    x: (..., d), gain: (d,) -> (..., d)
    """
    raise NotImplementedError
