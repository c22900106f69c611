"""
misconception: multiplies the scales to the wrong side
fails: test_the_product_is_that_of_the_matrix
message: >
  You leave the scales out of the product. They belong to the columns of the result.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1.0)
    return np.rint(W / scales).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * np.mean(scales)
