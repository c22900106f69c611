"""
misconception: divides by the length instead of the root mean square
fails: test_a_vector_by_hand
message: >
  You divide by the length of the vector, the root of the sum of squares. The mean of
  the squares is wanted: entries then have a size near 1 whatever d is.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / np.sqrt(np.sum(x**2, axis=-1, keepdims=True) + eps) * gain
