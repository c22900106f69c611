"""
misconception: returns the residuals of the fit that has seen every sample
fails: test_each_sample_left_out_in_turn
message: >
  These are the residuals of the fit that has seen every sample. A sample pulls the
  fit toward itself, so its own residual is too kind, by the factor 1 - h. Divide by
  it.
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
    return residual
