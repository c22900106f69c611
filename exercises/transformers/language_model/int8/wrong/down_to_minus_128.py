"""
misconception: uses the code -128 as well
fails: test_a_column_by_hand
message: >
  You divide by 128 and use the codes from −128 to 127. A positive largest weight
  would need the code 128 and is cut to 127, and the codes asked for end at −127.
  Divide by 127: both signs then have the same range.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 128, 1.0)
    return np.clip(np.rint(W / scales), -128, 127).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
