"""
misconception: the largest entry instead of the largest size
fails: test_each_column_has_its_scale
message: >
  You take the largest entry and forget that a negative one may be larger in size: its
  code then does not fit into a byte.
"""

import numpy as np


def quantize(W):
    largest = W.max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1.0)
    return np.rint(W / scales).astype(np.int64).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
