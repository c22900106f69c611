"""
misconception: divides by the sum of the whole array
fails: test_each_row_of_a_table_by_itself
message: >
  All entries of the table together add up to 1. Each row is a list of scores of its own
  and has to be divided by its own sum.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return weights / np.sum(weights)
