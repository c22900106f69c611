"""With the small products X'X and X'y, and one loop for both."""

import itertools

import numpy as np


def steps_needed(X, y):
    H, start = 2 / len(y) * X.T @ X, -2 / len(y) * X.T @ y
    rate = 1 / np.linalg.eigvalsh(H)[-1]
    w = np.zeros(len(H))
    for steps in itertools.count():
        gradient = H @ w + start
        if np.sqrt(gradient @ gradient) <= 1e-6 * np.sqrt(start @ start):
            return steps
        w = w - rate * gradient


def speedup(X, y):
    raw, scaled = (steps_needed(Z, y) for Z in (X, X / np.std(X, axis=0)))
    return raw / scaled
