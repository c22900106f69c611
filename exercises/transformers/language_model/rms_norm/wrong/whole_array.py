"""
misconception: one mean for the whole array
fails: test_each_token_by_itself
message: >
  One mean over the whole array mixes the tokens: what one token is would then depend on
  the others. Each vector along the last axis has its own.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / np.sqrt(np.mean(x**2) + eps) * gain
