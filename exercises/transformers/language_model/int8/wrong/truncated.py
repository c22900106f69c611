"""
misconception: cuts off instead of rounding
fails: test_the_nearest_whole_number
message: >
  Changing the dtype cuts the fraction off, always toward zero. Round to the nearest
  whole number first.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1.0)
    exact = W / scales
    near = np.rint(exact)
    exact = np.where(np.abs(exact - near) < 1e-9, near, exact)
    return exact.astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
