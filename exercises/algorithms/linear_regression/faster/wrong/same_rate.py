"""
misconception: keeps the learning rate of the features as they were
fails: test_the_penguins
message: >
  After standardizing you go on with the learning rate of the old features. Each
  valley has its own largest curvature, and its own learning rate.
"""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray, like: np.ndarray | None = None) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    like = X if like is None else like
    rate = len(X) / (2 * np.linalg.norm(like, 2) ** 2)
    w, steps = np.zeros(X.shape[1]), 0
    gradient = 2 / len(X) * X.T @ (X @ w - y)
    enough = 1e-6 * np.linalg.norm(gradient)
    while np.linalg.norm(gradient) > enough and steps < 20_000:
        w = w - rate * gradient
        steps += 1
        gradient = 2 / len(X) * X.T @ (X @ w - y)
    return steps


def speedup(X: np.ndarray, y: np.ndarray) -> float:
    """Return how many times as many steps X needs as it does standardized.

    X: (n, d), its columns of mean 0, y: (n,)
    """
    return steps_needed(X, y) / steps_needed(X / X.std(axis=0), y, X)
