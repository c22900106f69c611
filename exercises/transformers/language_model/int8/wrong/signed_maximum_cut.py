"""
misconception: the largest entry instead of the largest size, and cuts off what does not fit
fails: test_each_column_has_its_scale
message: >
  You take the largest entry of a column, sign and all. Where a negative entry is
  larger in size, its code would lie below −127, and you cut it off there: the
  column's largest weight is lost. Take the largest absolute value, and there is
  nothing to cut.
"""

import numpy as np


def quantize(W):
    largest = W.max(axis=0)
    scales = np.where(largest > 0, largest / 127, 1.0)
    return np.clip(np.rint(W / scales), -127, 127).astype(np.int8), scales


def product(x, codes, scales):
    return (x @ codes) * scales
