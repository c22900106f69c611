"""
misconception: forgets the factor 2 of the square
fails: test_the_intercept
message: >
  Your step goes the right way and is half as long as it should be. The derivative of
  r² is 2r; this 2 is missing.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 1 - 0.1 * np.mean(r), 1 - 0.1 * np.mean(r * x)
