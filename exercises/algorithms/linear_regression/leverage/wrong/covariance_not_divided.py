"""
misconception: uses the covariance where the sum of products belongs
fails: test_the_four_points_of_the_chapter
message: >
  You measure the distance from the mean by the inverse of the covariance. `np.cov`
  divides by n - 1, so that part is n - 1 times too large: the leverage has the
  inverse of the sum of products, which is not divided.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    centered = X - np.mean(X, axis=0)
    inverse = np.linalg.inv(np.atleast_2d(np.cov(X.T)))
    return 1 / len(X) + np.sum(centered @ inverse * centered, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
