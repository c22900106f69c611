"""
misconception: subtracts the gradient without the learning rate
fails: test_the_intercept
message: >
  You moved by the whole gradient. The step is the learning rate, 0.1, times that.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 1 - 2 * np.mean(r), 1 - 2 * np.mean(r * x)
