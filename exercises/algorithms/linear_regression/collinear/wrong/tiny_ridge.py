"""
misconception: adds a small number to the diagonal of XᵀX until it can be inverted
fails: test_nearly_collinear_features_keep_their_digits
message: >
  It looks as if a small number was added to the diagonal of XᵀX. Then there is an
  inverse, but of another problem: directions in which the data are weak, yet clear,
  are pressed toward zero. That is ridge regression, a tool of its own; here no digit
  should be given away.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.solve(X.T @ X + 1e-8 * np.eye(X.shape[1]), X.T @ y)
