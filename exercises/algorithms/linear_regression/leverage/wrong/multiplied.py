"""
misconception: multiplies by 1 - h where it should divide
fails: test_each_sample_left_out_in_turn
slip: true
message: >
  You multiply by 1 - h. Left out, a sample can only be farther from the fit, never
  nearer: the residual has to grow. Divide.
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
    return residual * (1 - leverage(X))
