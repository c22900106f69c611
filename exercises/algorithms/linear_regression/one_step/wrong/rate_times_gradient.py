"""
misconception: gives the learning rate times the gradient in place of the point
fails: test_the_intercept
message: >
  This is the learning rate times the gradient, which is not yet the answer. The line
  starts at 1 and 1: subtract it from there.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 0.1 * 2 * np.mean(r), 0.1 * 2 * np.mean(r * x)
