"""Direction by direction, the weights collected in place."""

import numpy as np


def rank(X):
    s = np.linalg.svd(X)[1] if X.size < 1000 else np.linalg.svd(X, full_matrices=False)[1]
    count = 0
    for value in s:
        if value > max(X.shape) * np.finfo(float).eps * s.max():
            count += 1
    return count


def least_squares(X, y):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    w = np.zeros(X.shape[1])
    for k in range(rank(X)):
        w += (U[:, k] @ y) / s[k] * Vt[k]
    return w
