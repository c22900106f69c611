"""
misconception: multiplies by the gain before the norm
fails: test_a_vector_by_hand
message: >
  You apply the gain first, and the division takes part of it away again. Divide first:
  the gain belongs to the finished vector.
"""

import numpy as np


def rms_norm(x, gain, eps):
    x = x * gain
    return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps)
