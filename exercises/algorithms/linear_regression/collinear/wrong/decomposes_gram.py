"""
misconception: decomposes XᵀX where X itself should be decomposed
fails: test_nearly_collinear_features_keep_their_digits
message: >
  You decompose XᵀX. Its eigenvalues are the squares of the singular values of X, so a
  millionth becomes a millionth of a millionth, and most of its digits drown in
  rounding. Decompose X: the same directions come out, with twice the digits.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    values, V = np.linalg.eigh(X.T @ X)
    keep = values > max(X.shape) * np.finfo(float).eps * values[-1]
    return V[:, keep] @ (V[:, keep].T @ (X.T @ y) / values[keep])
