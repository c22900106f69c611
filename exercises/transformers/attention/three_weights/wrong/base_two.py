"""
misconception: takes powers of 2
fails: test_the_first_weight
message: >
  These are powers of 2, divided by their sum. Softmax takes powers of e.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = 2 ** (products / 4) / np.sum(2 ** (products / 4))
    return *weights, weights @ values
