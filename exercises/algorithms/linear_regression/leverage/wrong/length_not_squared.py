"""
misconception: takes the length of a row of Q, not its square
fails: test_the_four_points_of_the_chapter
message: >
  You return the length of each row of Q. The diagonal entry of QQᵀ is a row times
  itself: the squared length, without the root.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    return np.sqrt(np.sum(Q**2, axis=1))


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X) ** 2)
