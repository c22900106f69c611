"""Least squares on a triangle: rows are folded into R, and R is solved.

QR without ever holding Q: what has n rows becomes what has as many as columns.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ..threads import one_thread
from ._base import Array

EPS = float(np.finfo(np.float64).eps)
BLOCK = 8192  # rows factored at once: they fit in cache, and the copy stays small


def triangle(X: Array, Y: Array, intercept: bool = False) -> Array:
    """Return R of the QR factorization of [1 X Y], block after block of rows.

    The R of a tall matrix is the R of its first rows' R stacked on the rest, so
    no more than one block is ever copied. Shapes `X: (n, d)`, `Y: (n, k)`.
    Source: Golub (1965); Demmel, Grigori, Hoemmen and Langou (2012).
    """
    one = int(intercept)
    width = one + X.shape[1] + Y.shape[1]
    R = np.empty((0, width))
    with one_thread():
        for start in range(0, len(X), BLOCK):
            rows = slice(start, start + BLOCK)
            block = np.ones((len(R) + len(X[rows]), width))
            block[: len(R)] = R
            block[len(R) :, one : one + X.shape[1]] = X[rows]
            block[len(R) :, one + X.shape[1] :] = Y[rows]
            R = np.asarray(np.linalg.qr(block, mode="r"))
    return R


def solve_triangle(R: Array, C: Array, rounding: ArrayLike = 0) -> tuple[Array, int]:
    """Return the smallest W with RW closest to C, and the rank of R.

    Singular values below `max(R.shape)` rounding errors of the largest count as
    zero, and so do those that rounding alone may have left: `rounding` says how much
    of that is in each column. Shapes `R: (d, d)`, `C: (d, k)`, `rounding: (d,)`,
    result (d, k).
    """
    U, s, Vt = np.linalg.svd(R, full_matrices=False)
    tolerance = EPS * max(R.shape) * s.max(initial=0)
    left = np.abs(Vt) @ np.broadcast_to(rounding, R.shape[1])  # in each direction
    kept = s > np.maximum(tolerance, left)
    W = Vt[kept].T @ ((U[:, kept].T @ C) / s[kept, None])
    W[np.linalg.norm(R, axis=0) <= rounding] = 0  # of a column of nothing but rounding
    return W, int(kept.sum())
