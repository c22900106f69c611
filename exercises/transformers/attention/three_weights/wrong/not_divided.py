"""
misconception: does not divide the exponentials by their sum
fails: test_the_first_weight
message: >
  These are the exponentials of the scores, and they are right so far. Weights add up to 1:
  divide each by the sum of all three.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    weights = np.exp(products / 4)
    return *weights, weights @ values
