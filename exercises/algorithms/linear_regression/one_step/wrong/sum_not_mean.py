"""
misconception: adds the errors up and does not divide by 4
fails: test_the_intercept
message: >
  Your step is four times too long: it belongs to the sum of the squared errors. The
  loss is their mean, so the gradient is divided by 4, too.
"""

import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
r = 1 + x - y


def one_step():
    return 1 - 0.1 * 2 * np.sum(r), 1 - 0.1 * 2 * np.sum(r * x)
