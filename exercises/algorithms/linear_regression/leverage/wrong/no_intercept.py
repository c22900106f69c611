"""
misconception: forgets the column of ones
fails: test_the_four_points_of_the_chapter
message: >
  Your leverages are those of a model without an intercept: the column of ones is missing.
  Without it a sample at x = 0 has no leverage at all, and leverage depends on where zero
  is. Put the ones before X wherever a model with an intercept is meant.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = X
    Q, _ = np.linalg.qr(design)
    return np.sum(Q**2, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = X
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
