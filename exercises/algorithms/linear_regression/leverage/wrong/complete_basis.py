"""
misconception: uses the complete QR, whose rows all have length one
fails: test_the_four_points_of_the_chapter
message: >
  All your leverages are 1. That is the complete Q, with n columns: an orthogonal
  matrix whose rows have length one, too. Only the first d + 1 columns span the model;
  take the reduced decomposition.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design, mode="complete")
    return np.sum(Q**2, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
