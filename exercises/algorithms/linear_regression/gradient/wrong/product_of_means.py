"""
misconception: multiplies the mean residual by the mean of each feature
fails: test_the_slope_in_every_direction
message: >
  You multiply the mean residual by the mean of each feature. The mean of a product is
  not the product of the means: a sample with a large feature and a large residual
  must count for more. Multiply sample by sample first, then take the mean.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 * np.mean(X @ w - y) * X.mean(axis=0)
