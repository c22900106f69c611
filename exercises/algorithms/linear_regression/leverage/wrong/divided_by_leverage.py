"""
misconception: divides the residual by h, not by 1 - h
fails: test_each_sample_left_out_in_turn
message: >
  You divide by h. A sample of tiny leverage would then get a huge error, although
  leaving it out hardly changes the fit. It is 1 - h that tells how much of the
  residual is left after the pull.
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
    return residual / leverage(X)
