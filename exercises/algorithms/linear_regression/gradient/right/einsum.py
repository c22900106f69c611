"""With einsum, and the mean by `np.mean`."""

import numpy as np


def gradient(X, y, w):
    residual = np.einsum("ij,j->i", X, w) - y
    return np.einsum("ij,i->ij", X, 2 * residual).mean(axis=0)
