"""
misconception: takes the mean error for both slopes
fails: test_the_slope
message: >
  The intercept is right. For the slope of the line you used the same number again. By
  the chain rule each error is multiplied by its own x before the mean is taken.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 1 - 0.1 * 2 * np.mean(r), 1 - 0.1 * 2 * np.mean(r)
