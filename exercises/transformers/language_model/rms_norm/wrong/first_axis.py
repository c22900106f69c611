"""
misconception: takes the mean over the tokens
fails: test_each_token_by_itself
message: >
  You take the mean along the first axis, over the tokens. The vector of a token lies
  along the last axis.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / np.sqrt(np.mean(x**2, axis=0, keepdims=True) + eps) * gain
