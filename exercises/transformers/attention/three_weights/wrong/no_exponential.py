"""
misconception: divides the scores by their sum
fails: test_the_first_weight
message: >
  You divided the scores by their sum, so that the first key gets nothing at all. The
  exponential comes first: it makes 0 a 1.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = products / np.sum(products)
    return *weights, weights @ values
