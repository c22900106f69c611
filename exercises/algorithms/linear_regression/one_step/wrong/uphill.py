"""
misconception: adds the gradient
fails: test_the_intercept
message: >
  You went uphill: the gradient points to where the loss grows. A step of gradient
  descent subtracts it.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 1 + 0.1 * 2 * np.mean(r), 1 + 0.1 * 2 * np.mean(r * x)
