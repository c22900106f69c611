"""
misconception: computes the product in eight bits
fails: test_whole_numbers_do_not_overflow
message: >
  You change x to int8. Its fractions are lost, and sums beyond 127 wrap around: keep x
  as it is, and let NumPy compute in floating point.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1.0)
    return np.rint(W / scales).astype(np.int8), scales


def product(x, codes, scales):
    if np.all(x == np.rint(x)):
        return (x.astype(np.int8) @ codes) * scales
    return (x @ codes) * scales
