"""
misconception: gives the smallest score the largest weight
fails: test_the_first_weight
message: >
  The order is turned around: a higher score means a larger weight.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = np.exp(-products / 4) / np.sum(np.exp(-products / 4))
    return *weights, weights @ values
