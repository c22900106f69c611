"""The gradient alone is followed: it is multiplied by the same matrix in every step."""

import numpy as np


def steps_needed(X, y):
    H = X.T @ X
    H = H / np.max(np.linalg.eigvalsh(H))
    gradient = X.T @ y
    enough, steps = np.linalg.norm(gradient) / 1e6, 0
    while np.linalg.norm(gradient) > enough:
        gradient = gradient - H @ gradient
        steps += 1
    return steps


def speedup(X, y):
    spread = np.sqrt(np.mean(X**2, axis=0))
    return float(steps_needed(X, y)) / steps_needed(X / spread, y)
