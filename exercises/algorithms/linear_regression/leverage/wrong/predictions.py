"""
misconception: returns the predictions of the other fits
fails: test_each_sample_left_out_in_turn
message: >
  You return what the fits without the sample predict. What is asked for is the
  residual, the target minus that prediction.
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
    return y - residual / (1 - leverage(X))
