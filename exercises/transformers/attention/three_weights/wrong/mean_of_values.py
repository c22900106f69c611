"""
misconception: gives the plain mean of the values as the mix
fails: test_the_mix
message: >
  The weights are right. The mix is not the mean of the three values: each value
  counts as much as its weight says.
"""

import numpy as np

products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])


def three_weights():
    powers = np.exp(products / 4)
    return *(powers / np.sum(powers)), np.mean(values)
