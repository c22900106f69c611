"""
misconception: subtracts the mean, as a layer norm does
fails: test_nothing_is_subtracted
message: >
  You subtract the mean before you divide. That is a layer norm. RMSNorm leaves the mean
  where it is, and divides by the root of the mean of the squares themselves.
"""

import numpy as np


def rms_norm(x, gain, eps):
    x = x - np.mean(x, axis=-1, keepdims=True)
    return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps) * gain
