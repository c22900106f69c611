"""
misconception: leaves eps out
fails: test_zeros_stay_zeros
message: >
  Without eps a vector of zeros is divided by zero, and everything after it becomes nan.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True)) * gain
