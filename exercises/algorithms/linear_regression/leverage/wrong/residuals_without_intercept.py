"""
misconception: leaves the column of ones out of the fit of the residuals
fails: test_each_sample_left_out_in_turn
message: >
  Your leverages are those of a fit with an intercept, and your residuals those of one
  without: there is no column of ones beside X.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    return np.sum(Q**2, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    Q, _ = np.linalg.qr(X)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
