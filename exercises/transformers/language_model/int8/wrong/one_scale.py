"""
misconception: one scale for the whole matrix
fails: test_each_column_has_its_scale
message: >
  One scale for the whole matrix is set by the largest column, and small columns are
  rounded to nothing. Each column has a scale of its own.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max()
    scale = largest / 127 if largest > 0 else 1.0
    return np.rint(W / scale).astype(np.int8), np.full(W.shape[1], scale)


def product(x, codes, scales):
    return (x @ codes) * scales
