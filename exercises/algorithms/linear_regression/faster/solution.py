"""How many steps gradient descent needs, before and after standardizing."""

import numpy as np


def steps_needed(X: np.ndarray, y: np.ndarray) -> int:
    """Return how many steps make the gradient a million times shorter.

    X: (n, d), y: (n,)
    """
    # BEGIN SOLUTION
    rate = len(X) / (2 * np.linalg.norm(X, 2) ** 2)
    w, steps = np.zeros(X.shape[1]), 0
    gradient = 2 / len(X) * X.T @ (X @ w - y)
    enough = 1e-6 * np.linalg.norm(gradient)
    while np.linalg.norm(gradient) > enough:
        w = w - rate * gradient
        steps += 1
        gradient = 2 / len(X) * X.T @ (X @ w - y)
    return steps
    # END SOLUTION


def speedup(X: np.ndarray, y: np.ndarray) -> float:
    """Return how many times as many steps X needs as it does standardized.

    X: (n, d), its columns of mean 0, y: (n,)
    """
    # BEGIN SOLUTION
    # For the twelve penguins 735 steps by 70, 10.5 times fewer. They are not fewer by
    # the ratio of the curvatures, 110: the standardized valley is not round, either.
    return steps_needed(X, y) / steps_needed(X / X.std(axis=0), y)
    # END SOLUTION
