"""
misconception: gives the gradient in place of the point
fails: test_the_intercept
message: >
  These are the two slopes of the loss. What is asked is where the line stands after the
  step: the start, minus 0.1 times each of them.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 2 * np.mean(r), 2 * np.mean(r * x)
