"""
misconception: takes the gradient of the sum of the squared errors, not of their mean
fails: test_repeating_every_sample_changes_nothing
message: >
  Your gradient is n times as large as expected: it belongs to the sum of the squared
  errors. The loss here is their mean, so that a step size that works on a hundred
  samples also works on a million. Where does the 1/n of the loss go?
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 * X.T @ (X @ w - y)
