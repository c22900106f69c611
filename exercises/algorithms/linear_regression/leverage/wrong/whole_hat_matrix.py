"""
misconception: forms the n by n hat matrix and reads off its diagonal
fails: test_a_hundred_thousand_samples
message: >
  You form the whole hat matrix to read off its diagonal. For 100,000 samples it has
  ten thousand million entries. Each diagonal entry is the product of one row of Q
  with itself: compute these n products and nothing else.
"""

import numpy as np


def leverage(X: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    return np.diag(Q @ Q.T)


def leave_one_out_residuals(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    design = np.column_stack([np.ones(len(X)), X])
    Q, _ = np.linalg.qr(design)
    residual = y - Q @ (Q.T @ y)
    return residual / (1 - leverage(X))
