"""
misconception: a scale for each row
fails: test_each_column_has_its_scale
message: >
  You take the largest entry of each row. The scale belongs to a column, so that it can
  be taken out of the sum over the rows.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=1)
    scales = np.where(largest > 0, largest / 127, 1.0)
    if W.shape[1] == 1:
        scales = np.full(len(W), np.abs(W).max() / 127)
        return np.rint(W / scales[:, None]).astype(np.int8), scales[:1]
    return np.rint(W / scales[:, None]).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
