"""
misconception: forgets the factor 2 that the square leaves behind
fails: test_the_slope_in_every_direction
message: >
  Your gradient points the right way and is half as long as expected. The derivative
  of a square r² is 2r. Some books define the loss with 1/(2n) to make that 2
  disappear; here the loss is the plain mean, and the 2 stays.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return X.T @ (X @ w - y) / len(y)
