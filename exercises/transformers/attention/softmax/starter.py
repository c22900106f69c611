"""Softmax: scores become weights."""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    """Return the weights of scores, positive and adding up to 1 along the last axis.

    x: (..., n) -> (..., n)
    """
    raise NotImplementedError
