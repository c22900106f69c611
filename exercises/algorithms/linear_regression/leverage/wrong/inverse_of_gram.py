"""
misconception: goes through the inverse of XᵀX and loses half of the digits
fails: test_no_matter_which_unit_and_origin
message: >
  The formula is right and the digits are not: going through the inverse of XᵀX
  squares the condition number. With features near 1e5 nothing is left of a difference
  below 1. The Q of a QR decomposition gives the same numbers without any inverse.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    return np.sum(design @ np.linalg.inv(design.T @ design) * design, axis=1)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
