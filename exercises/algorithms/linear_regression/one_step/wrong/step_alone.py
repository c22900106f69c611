"""
misconception: gives the step in place of the point
fails: test_the_intercept
message: >
  This is how far each weight moves, and in the right direction. What is asked is where the
  line stands afterwards: add it to the start, 1 and 1.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return -0.1 * 2 * np.mean(r), -0.1 * 2 * np.mean(r * x)
