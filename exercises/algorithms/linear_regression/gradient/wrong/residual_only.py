"""
misconception: leaves the features out and returns the mean residual, one number
fails: test_the_slope_in_every_direction
message: >
  You return one number, twice the mean residual. That is the slope along an intercept
  alone. Every weight has a slope of its own: by the chain rule, the residual of
  sample i is multiplied by the feature that this weight stands in front of.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 * np.mean(X @ w - y)
