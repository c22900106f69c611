"""
misconception: divides by d, not by its root
fails: test_the_first_weight
message: >
  You divided the dot products by 16. A dot product of d random entries grows like the
  root of d, and that is what it is divided by: 4.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = np.exp(products / 16) / np.sum(np.exp(products / 16))
    return *weights, weights @ values
