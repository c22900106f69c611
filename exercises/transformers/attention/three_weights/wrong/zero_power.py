"""
misconception: takes e to the power of 0 for 0
fails: test_the_first_weight
message: >
  The first key got nothing, as if e to the power of 0 were 0. It is 1: every number to the
  power of 0 is, and so softmax gives each key a share.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    powers = np.array([0.0, np.exp(1), np.exp(2)])
    weights = powers / np.sum(powers)
    return *weights, weights @ values
