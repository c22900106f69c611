"""
misconception: fills an array of the kind of w, which may hold whole numbers only
fails: test_the_slope_in_every_direction
message: >
  You fill an array made like `w`. Where `w` holds whole numbers, so does that array, and
  every slope loses its fraction. `np.zeros(len(w))` holds fractions whatever `w` is.
"""

import numpy as np


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    residual, slopes = X @ w - y, np.zeros_like(w)
    for j in range(len(w)):
        slopes[j] = 2 * np.mean(residual * X[:, j])
    return slopes
