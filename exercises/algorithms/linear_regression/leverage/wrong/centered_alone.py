"""
misconception: centers the features and forgets the leverage of the intercept
fails: test_the_four_points_of_the_chapter
message: >
  Each of your leverages is 1/n too small. Centered features are orthogonal to the column of
  ones, so centering may stand in for it, but the ones have a leverage of their own: 1/n
  for each sample.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    Q, _ = np.linalg.qr(X - X.mean(axis=0))
    return np.sum(Q**2, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
