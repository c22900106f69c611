"""
misconception: divides all columns by one standard deviation
fails: test_the_penguins
message: >
  After your division gradient descent needs as many steps as before. So it is if all
  columns are divided by one number, as `X.std()` is: the valley keeps its shape. Each
  column has a deviation of its own: `X.std(axis=0)`.
"""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    rate = len(X) / (2 * np.linalg.norm(X, 2) ** 2)
    w, steps = np.zeros(X.shape[1]), 0
    gradient = 2 / len(X) * X.T @ (X @ w - y)
    enough = 1e-6 * np.linalg.norm(gradient)
    while np.linalg.norm(gradient) > enough:
        w = w - rate * gradient
        steps += 1
        gradient = 2 / len(X) * X.T @ (X @ w - y)
    return steps


def speedup(X: np.ndarray, y: np.ndarray) -> float:
    """Return how many times as many steps X needs as it does standardized.

    X: (n, d), its columns of mean 0, y: (n,)
    """
    return steps_needed(X, y) / steps_needed(X / X.std(), y)
