"""
misconception: counts the gradients, of which there is one more than of steps
fails: test_the_steps
message: >
  You count how many gradients were computed. The first one belongs to the start,
  before any step.
"""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    rate = len(X) / (2 * np.linalg.norm(X, 2) ** 2)
    w, steps = np.zeros(X.shape[1]), 1
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
    return steps_needed(X, y) / steps_needed(X / X.std(axis=0), y)
