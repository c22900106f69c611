"""
misconception: divides by 128 and cuts off at 127
fails: test_a_column_by_hand
message: >
  You divide the largest size by 128. The largest weight then has the code 128 or
  −128, and you cut it off at 127 or −127: it comes back too small. Divided by 127, it
  has the code 127 or −127, and nothing is cut.
"""

import numpy as np


def quantize(W):
    largest = np.abs(W).max(axis=0)
    scales = np.where(largest > 0, largest / 128, 1.0)
    return np.clip(np.rint(W / scales), -127, 127).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
