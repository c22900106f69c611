"""The inverse singular values, zero where a direction has no data."""

import numpy as np


def kept(X, s):
    n, d = X.shape
    return s > max(n, d) * np.finfo(float).eps * s[0]


def rank(X):
    return int(kept(X, np.linalg.svd(X, compute_uv=False)).sum())


def least_squares(X, y):
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    keep = kept(X, s)
    inverse = np.zeros_like(s)
    inverse[keep] = 1 / s[keep]
    return np.einsum("kd,k,nk,n->d", Vt, inverse, U, y, optimize=True)
