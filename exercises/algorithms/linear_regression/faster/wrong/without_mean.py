"""
misconception: forgets the n of the mean in the learning rate
fails: test_the_steps
message: >
  Your learning rate is n times too small: the loss is a mean, and its Hessian is
  divided by n.
"""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    rate = 1 / (2 * np.linalg.norm(X, 2) ** 2)
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
    return steps_needed(X, y) / steps_needed(X / X.std(axis=0), y)
