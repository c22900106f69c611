"""
misconception: solves the normal equation, whose matrix has no inverse here
fails: test_a_feature_given_twice
message: >
  You solve the normal equation. With collinear columns XᵀX has no inverse: the data
  do not determine the weights, and the linear solver has to give up. Work with X
  itself, and leave out the directions that the data say nothing about.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.solve(X.T @ X, X.T @ y)
