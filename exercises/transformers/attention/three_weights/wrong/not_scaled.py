"""
misconception: takes the dot products for scores
fails: test_the_first_weight
message: >
  You took the softmax of the dot products themselves. They are divided by the root of
  d first; without it the best key takes nearly everything.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = np.exp(products) / np.sum(np.exp(products))
    return *weights, weights @ values
