"""What a thin update can express: the nearest matrix of a rank, and what it keeps."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from groundup.validation import finite_numbers

from .layers import Array


def nearest_of_rank(update: ArrayLike, rank: int) -> tuple[Array, Array]:
    """Return A: (d_in, r) and B: (r, d_out) whose product is nearest to a matrix.

    Formula `fine_tuning.nearest_of_rank`. No other matrix of this rank has a smaller
    sum of squared differences. Raises ValueError for a rank that is none of 0 up to
    the smaller side. Source: Eckart and Young (1936).
    """
    matrix = checked(update, rank)
    U, s, Vt = np.linalg.svd(matrix, full_matrices=False)
    return U[:, :rank] * s[:rank], Vt[:rank]


def kept(update: ArrayLike, rank: int) -> float:
    """Return the share of the sum of a matrix's squares that its nearest of a rank has.

    Formula `fine_tuning.kept`: the squares of the first r singular values, of all of
    them. Raises ValueError for a rank as above, and for a matrix of zeros.
    """
    squares = np.linalg.svd(checked(update, rank), compute_uv=False) ** 2
    if not squares[0]:
        raise ValueError("the matrix must have an entry other than zero")
    return float(squares[:rank].sum() / squares.sum())


def checked(update: ArrayLike, rank: int) -> Array:
    """Return the matrix; raises ValueError where it is none, or has not this rank."""
    matrix = finite_numbers(update, "update", 2)
    most = min(matrix.shape)
    if rank != int(rank) or not 0 <= rank <= most:
        raise ValueError(f"the rank must be 0, 1, … {most}, found {rank}")
    return matrix
