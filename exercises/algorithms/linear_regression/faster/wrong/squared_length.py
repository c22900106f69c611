"""
misconception: compares the squared lengths by a millionth
fails: test_the_steps
message: >
  You stop where the gradient is a thousand times shorter. So it comes out if squared
  lengths are compared by 1e-6: the millionth has to be squared, too.
"""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    rate = len(X) / (2 * np.linalg.norm(X, 2) ** 2)
    w, steps = np.zeros(X.shape[1]), 0
    gradient = 2 / len(X) * X.T @ (X @ w - y)
    enough = 1e-6 * gradient @ gradient
    while gradient @ gradient > enough:
        w = w - rate * gradient
        steps += 1
        gradient = 2 / len(X) * X.T @ (X @ w - y)
    return steps


def speedup(X: np.ndarray, y: np.ndarray) -> float:
    """Return how many times as many steps X needs as it does standardized.

    X: (n, d), its columns of mean 0, y: (n,)
    """
    return steps_needed(X, y) / steps_needed(X / X.std(axis=0), y)
