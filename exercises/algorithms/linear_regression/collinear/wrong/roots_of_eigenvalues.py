"""
misconception: takes the roots of the eigenvalues of XᵀX for singular values
fails: test_nearly_collinear_features_keep_their_digits
message: >
  You take the roots of the eigenvalues of XᵀX for the singular values. Without rounding
  they are the same. But squaring costs half the digits: where 0 is meant, rounding leaves
  1e-16 of the largest eigenvalue, and its root, 1e-8, is far above your threshold.
  Decompose X itself.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.sqrt(np.maximum(np.linalg.eigvalsh(X.T @ X), 0))
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[-1]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    values, V = np.linalg.eigh(X.T @ X)
    sizes = np.sqrt(np.maximum(values, 0))
    keep = sizes > max(X.shape) * np.finfo(float).eps * sizes[-1]
    return V[:, keep] @ (V[:, keep].T @ (X.T @ y) / values[keep])
