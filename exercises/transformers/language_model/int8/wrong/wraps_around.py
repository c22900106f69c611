"""
misconception: divides by 128
fails: test_a_column_by_hand
message: >
  With a scale of the largest entry over 128, that entry has the code 128, which does
  not fit into a byte: it becomes −128. Divide by 127.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 128, 1.0)
    with np.errstate(all="ignore"):
        return np.rint(W / scales).astype(np.int16).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
