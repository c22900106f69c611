"""Singular vectors, and a least-squares fit for the residuals."""

import numpy as np


def design(X):
    A = np.ones((X.shape[0], X.shape[1] + 1))
    A[:, 1:] = X
    return A


def leverage(X):
    A = design(X)
    A = A / np.linalg.norm(A, axis=0)  # the units do not matter
    U = np.linalg.svd(A, full_matrices=False)[0]
    return np.array([u @ u for u in U])


def leave_one_out_residuals(X, y):
    A = design(X)
    w = np.linalg.lstsq(A, y, rcond=None)[0]
    h = leverage(X)
    out = np.empty(len(y))
    for i in range(len(y)):
        out[i] = (y[i] - A[i] @ w) / (1 - h[i])
    return out
