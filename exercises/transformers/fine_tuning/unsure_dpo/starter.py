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
    raise NotImplementedError
