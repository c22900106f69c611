"""Vectors: dot products, lengths, angles, shadows, and axes at right angles.

A vector is an array (n,). Where several are given, they are the rows of `X: (n, d)` if
they are compared, and the columns of `V: (n, k)` if they span something.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..validation import finite_numbers

Array = NDArray[np.float64]
EPS = float(np.finfo(np.float64).eps)
SAFE = 1e100  # numbers up to this, and from its inverse on, can be squared and summed


def dot(a: ArrayLike, b: ArrayLike) -> float:
    """Return the dot product, the sum of the products of entries.

    Formula `vectors.dot_product`. Shapes `a: (n,)`, `b: (n,)`. Raises ValueError for
    shapes that differ, for empty vectors and for NaN or infinity.
    """
    a, b = pair(a, b)
    return float(a @ b)


def norm(a: ArrayLike, p: float = 2.0) -> float:
    """Return the p-norm of a vector; p = 2 is its length, p = inf its largest entry.

    Formula `vectors.norm`. Shape `a: (n,)`. Raises ValueError for p below 1, where the
    way over a third point could be shorter than the straight one.
    """
    if not p >= 1:
        raise ValueError(f"p must be at least 1, found {p}")
    a = np.abs(finite_numbers(a, "a", 1))
    largest = a.max()
    if largest == 0 or p == math.inf:
        return float(largest)
    # In units of the largest entry no power can overflow.
    return float(largest * np.sum((a / largest) ** p) ** (1 / p))


def cosine(a: ArrayLike, b: ArrayLike) -> float:
    """Return the cosine of the angle between two vectors, from -1 to 1.

    Formula `vectors.cosine`. Shapes `a: (n,)`, `b: (n,)`. Raises ValueError for a
    vector of zeros, which has no direction.
    """
    a, b = pair(a, b)
    return float(np.clip(direction(a, "a") @ direction(b, "b"), -1, 1))


def angle(a: ArrayLike, b: ArrayLike) -> float:
    """Return the angle between two vectors in radians, from 0 to π.

    Shapes `a: (n,)`, `b: (n,)`. Raises ValueError for a vector of zeros. By the sides
    of the rhombus of the two directions, because the arc cosine of a number near 1
    loses half of the digits. Source: Kahan (2006).
    """
    a, b = pair(a, b)
    u, v = direction(a, "a"), direction(b, "b")
    return 2 * math.atan2(norm(u - v), norm(u + v))


def cosine_similarity(X: ArrayLike, Y: ArrayLike | None = None) -> Array:
    """Return the cosines of all rows of X with all rows of Y, or of X with each other.

    Shapes `X: (n, d)`, `Y: (m, d)`, result (n, m). Raises ValueError for a row of
    zeros and for rows of different lengths.
    """
    X, x_lengths = rows_and_lengths(X, "X")
    Y, y_lengths = (X, x_lengths) if Y is None else rows_and_lengths(Y, "Y")
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            "X and Y must have the same number of columns,"
            f" found shapes {X.shape} and {Y.shape}"
        )
    if X.shape[1] < min(len(X), len(Y)):  # rows hold fewer numbers than the result
        with_itself = Y is X
        X = X / x_lengths[:, None]
        Y = X if with_itself else Y / y_lengths[:, None]
        cosines = X @ Y.T  # (n, d) @ (d, m) -> (n, m)
    else:
        cosines = X @ Y.T
        cosines /= x_lengths[:, None]
        cosines /= y_lengths
    return np.clip(cosines, -1, 1, out=cosines)


def projection_coefficient(a: ArrayLike, b: ArrayLike) -> float:
    """Return t for which t·b is the point nearest to a on the line through b.

    Formula `vectors.projection_coefficient`. Shapes `a: (n,)`, `b: (n,)`. Raises
    ValueError for b = 0, which spans no line.
    """
    a, b = pair(a, b)
    length = norm(b)  # b·b could overflow where its root does not
    return float(a @ direction(b, "b") / length)


def project(a: ArrayLike, b: ArrayLike) -> Array:
    """Return the projection of a onto b, the shadow of a on the line through b.

    Shapes `a: (n,)`, `b: (n,)`, result (n,). Raises ValueError for b = 0.
    """
    a, b = pair(a, b)
    unit = direction(b, "b")
    return (a @ unit) * unit


def project_onto_span(a: ArrayLike, B: ArrayLike) -> Array:
    """Return the point nearest to a among all weighted sums of the columns of B.

    Shapes `a: (n,)`, `B: (n, k)`, result (n,). Columns that depend on those before
    them change nothing.
    """
    a, B = finite_numbers(a, "a", 1), finite_numbers(B, "B", 2)
    if len(a) != len(B):
        raise ValueError(
            "a must have an entry for each row of B,"
            f" found shapes {a.shape} and {B.shape}"
        )
    Q = np.zeros((len(a), 0))
    for v in B.T:
        rest = twice(Q, v)[1]
        if not is_rounding(rest, v):
            Q = np.column_stack([Q, direction(rest, "rest")])
    return Q @ (Q.T @ a)  # (n, r) @ (r,) -> (n,)


def classical_gram_schmidt(V: ArrayLike) -> tuple[Array, Array]:
    """Return Q and R with V = QR by classical Gram-Schmidt: all shadows at once.

    Shapes `V: (n, k)`, `Q: (n, k)` with columns of length 1 that are at right angles in
    exact arithmetic, `R: (k, k)` upper triangular. Raises ValueError for a column that
    depends on those before it. Loses orthogonality on nearly dependent columns.
    """
    return orthogonalized(V, once)


def modified_gram_schmidt(V: ArrayLike) -> tuple[Array, Array]:
    """Return Q and R with V = QR by modified Gram-Schmidt: one shadow after the other.

    Shapes and errors as for `classical_gram_schmidt`. Loses orthogonality in proportion
    to the condition number. Source: Björck (1967).
    """
    return orthogonalized(V, one_by_one)


def gram_schmidt(V: ArrayLike) -> tuple[Array, Array]:
    """Return Q and R with V = QR by Gram-Schmidt, each shadow taken off twice.

    Shapes and errors as for `classical_gram_schmidt`. No entry of QᵀQ is farther than
    16 roundings (3.6e-15) from the identity's. Source: Giraud et al. (2005).
    """
    return orthogonalized(V, twice)


Removal = Callable[[Array, Array], tuple[Array, Array]]


def orthogonalized(V: ArrayLike, remove: Removal) -> tuple[Array, Array]:
    """Return Q and R with V = QR; `remove` takes off what the axes so far explain."""
    V = finite_numbers(V, "V", 2)
    n, k = V.shape
    Q, R = np.zeros((n, k)), np.zeros((k, k))
    for j in range(k):
        R[:j, j], rest = remove(Q[:, :j], V[:, j])
        if is_rounding(rest, V[:, j]):
            raise ValueError(
                f"column {j} of V is zero or a weighted sum of the columns before it"
                f" (found shape {V.shape}): independent columns are expected"
            )
        R[j, j] = norm(rest)
        Q[:, j] = rest / R[j, j]
    return Q, R


def once(Q: Array, v: Array) -> tuple[Array, Array]:
    """Return the shadows of v on the axes Q: (n, j), and what is left of v."""
    shadows = Q.T @ v  # (j, n) @ (n,) -> (j,)
    return shadows, v - Q @ shadows


def one_by_one(Q: Array, v: Array) -> tuple[Array, Array]:
    """Return the shadows of what is left of v each time, and what is left at last."""
    shadows = np.zeros(Q.shape[1])
    for j, q in enumerate(Q.T):
        shadows[j] = q @ v
        v = v - shadows[j] * q
    return shadows, v


def twice(Q: Array, v: Array) -> tuple[Array, Array]:
    """Return the shadows of v, with those of the rest added, and what is left."""
    first, rest = once(Q, v)
    second, rest = once(Q, rest)
    return first + second, rest


def is_rounding(rest: Array, v: Array) -> bool:
    """Tell whether what is left of v is zero, or no more than rounding can leave."""
    return norm(rest) <= 16 * EPS * math.sqrt(len(v)) * norm(v)


def pair(a: ArrayLike, b: ArrayLike) -> tuple[Array, Array]:
    """Return two vectors of one length; raises ValueError where they are not."""
    a, b = finite_numbers(a, "a", 1), finite_numbers(b, "b", 1)
    if a.shape != b.shape:
        raise ValueError(
            f"a and b must have the same length, found shapes {a.shape} and {b.shape}"
        )
    return a, b


def direction(a: Array, name: str) -> Array:
    """Return a / ‖a‖, of length 1; raises ValueError for a vector of zeros."""
    if (length := norm(a)) == 0:
        raise ValueError(f"{name} is a vector of zeros, which has no direction")
    return a / length


def rows_and_lengths(X: ArrayLike, name: str) -> tuple[Array, Array]:
    """Return X: (n, d), in units whose squares do not overflow, and lengths: (n,)."""
    table = finite_numbers(X, name, 2)
    squares = np.einsum("ij,ij->i", table, table)  # (n,)
    if squares.min() < 1 / SAFE or squares.max() > SAFE:
        largest = np.abs(table).max(axis=1)  # (n,)
        if not largest.all():
            row = int(np.argmin(largest))
            raise ValueError(
                f"row {row} of {name} is all zeros, which has no direction"
            )
        table = table / largest[:, None]
        squares = np.einsum("ij,ij->i", table, table)
    return table, np.sqrt(squares)
