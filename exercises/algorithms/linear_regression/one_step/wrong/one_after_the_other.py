"""
misconception: moves the intercept first and takes the slope there
fails: test_the_slope
message: >
  The intercept is right. You then took the second slope at the intercept that had moved
  already. Both belong to the point where the step begins.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    moved = 1 - 0.1 * 2 * np.mean(r)
    return moved, 1 - 0.1 * 2 * np.mean((moved + x - y) * x)
