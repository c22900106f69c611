"""
misconception: divides a column of zeros by zero
fails: test_a_column_of_zeros
message: >
  A column of zeros has the largest entry 0, and 0 divided by 0 is no number. Give it a
  scale of 1.
"""

import numpy as np


def quantize(W):
    scales = np.abs(W).max(axis=0) / 127
    with np.errstate(all="ignore"):
        return np.rint(np.nan_to_num(W / scales)).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
