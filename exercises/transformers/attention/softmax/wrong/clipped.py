"""
misconception: cuts scores off at 700
fails: test_large_scores
message: >
  You cut large scores off. Nothing overflows then, but all scores beyond the limit
  become equal. Subtract the largest score of each slice: that loses nothing.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    shifted = np.clip(x, -700, 700)
    weights = np.exp(shifted)
    return weights / np.sum(weights, axis=-1, keepdims=True)
