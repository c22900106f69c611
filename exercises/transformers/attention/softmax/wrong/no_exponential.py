"""
misconception: divides the scores by their sum
fails: test_three_scores_by_hand
message: >
  You divided the scores themselves by their sum. Scores may be negative, and their sum
  may be 0: the exponential comes first, it makes every one of them positive.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    return x / np.sum(x, axis=-1, keepdims=True)
