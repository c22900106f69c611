"""
misconception: drops a column that others can stand in for, and gives it weight zero
fails: test_a_feature_given_twice
message: >
  You leave out a column that the others can stand in for, and give it the weight 0.
  The fit is as good, but the weights depend on the order of the columns and are
  longer than need be. The shortest weights share: two copies of a feature get half of
  its weight each.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    kept: list[int] = []
    for j in range(X.shape[1]):
        if rank(X[:, [*kept, j]]) > len(kept):
            kept.append(j)
    Q, R = np.linalg.qr(X[:, kept])
    w = np.zeros(X.shape[1])
    w[kept] = np.linalg.solve(R, Q.T @ y)
    return w
