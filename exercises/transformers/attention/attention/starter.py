"""Scaled dot-product attention."""

import numpy as np


def attention(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Return for each query the mean of the values, weighted by softmax of its scores.

    q: (..., T, d), k: (..., S, d), v: (..., S, c) -> (..., T, c)
    """
    raise NotImplementedError
