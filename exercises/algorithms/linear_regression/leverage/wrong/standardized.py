"""
misconception: divides by the square root of 1 - h, as a standardized residual does
fails: test_each_sample_left_out_in_turn
message: >
  You divide by the square root of 1 - h. That gives residuals of equal variance,
  which is another useful thing. The residual of the fit without the sample is e / (1
  - h), without a root.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    return np.sum(Q**2, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / np.sqrt(1 - leverage(X))
