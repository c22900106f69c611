"""
misconception: multiplies the residual by X where its transpose is needed
fails: test_the_four_points_of_the_chapter
message: >
  X has shape (n, d) and the residual (n,): the n of the residual has to meet the n of
  X, and X @ residual looks for it in the wrong place. Transposed, X has shape (d, n),
  and the product has one entry for each weight.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    return 2 / len(y) * (X @ (X @ w - y))
