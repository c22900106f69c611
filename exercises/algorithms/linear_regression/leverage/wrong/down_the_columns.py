"""
misconception: adds up the squares in the columns of Q instead of its rows
fails: test_the_four_points_of_the_chapter
message: >
  You add up the squares down the columns of Q. Its columns have length one by
  construction, so this says nothing. Samples are rows: add up along each row, with
  axis=1.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    return np.sum(Q**2, axis=0)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
