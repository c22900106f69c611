"""
misconception: divides by the number of features where the mean is over the samples
fails: test_the_slope_in_every_direction
message: >
  Your gradient is divided by d, the number of features. The mean of the loss runs
  over the samples, which are the rows of X: divide by n.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 * X.T @ (X @ w - y) / X.shape[1]
