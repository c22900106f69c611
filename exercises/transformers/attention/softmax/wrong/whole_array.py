"""
misconception: takes the whole array for one list of scores, and subtracts nothing
fails: test_each_row_of_a_table_by_itself
message: >
  np.sum without an axis adds up the whole array, so that all of its entries share one
  unit of weight. Each row has its own sum: axis=-1, with keepdims=True. And subtract
  the largest score of each row before the exponential, or it overflows.
"""

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    weights = np.exp(x)
    return weights / np.sum(weights)
