"""k-means: centers of cells, each the mean of the vectors that it is nearest to."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import real_numbers

from .ranking import Indices, best, check_k

Array = NDArray[np.float32]
BLOCK = 4096  # vectors that are compared at once: bounds the table of scores
SAMPLE = 256  # vectors a cell that centers are learned from, at most


def table(X: ArrayLike, name: str, columns: int | None = None) -> Array:
    """Return vectors as rows of float32: (n, d), without a copy where they are.

    Raises ValueError for another shape, for no rows, for another number of columns,
    and for numbers that float32 cannot hold.
    """
    given = real_numbers(X, name, 0)
    if given.ndim != 2 or given.size == 0:
        raise ValueError(
            f"{name} must have shape (n, d) with n and d of 1 or more,"
            f" found {given.shape}"
        )
    if columns not in (None, given.shape[1]):
        raise ValueError(f"{name} must have {columns} columns, found {given.shape[1]}")
    with np.errstate(over="ignore"):  # said below, as an error
        numbers = np.ascontiguousarray(given, np.float32)
    if not np.isfinite(numbers).all():
        raise ValueError(f"{name} holds numbers that are not finite in float32")
    return numbers


def nearest_centers(X: Array, centers: Array) -> tuple[Indices, Array]:
    """Return the nearest center of each row, and the squared distance to it.

    Shapes `X: (n, d)`, `centers: (c, d)`, result (n,) and (n,). Of equals the first.
    """
    cells, distances = np.empty(len(X), np.int64), np.empty(len(X), np.float32)
    half = np.vecdot(centers, centers) / 2
    for start in range(0, len(X), BLOCK):
        rows = X[start : start + BLOCK]
        # ‖x − c‖² = ‖x‖² − 2 (x·c − ‖c‖²/2): the largest bracket is the nearest center
        near = rows @ centers.T  # (b, d) @ (d, c) -> (b, c)
        near -= half
        cell = near.argmax(axis=1)
        cells[start : start + BLOCK] = cell
        found = np.take_along_axis(near, cell[:, None], axis=1)[:, 0]
        distances[start : start + BLOCK] = np.vecdot(rows, rows) - 2 * found
    return cells, np.maximum(distances, 0)  # rounding may fall below


def k_means(X: ArrayLike, n_cells: int, seed: int = 0, max_iter: int = 25) -> Array:
    """Return the centers of cells: (min(n_cells, n), d).

    Starts from rows drawn at random, and ends where no row changes its cell. Rows of a
    sample are enough: at most 256 a cell. A cell without rows gets the one that is
    farthest from its center. Shape `X: (n, d)`. Raises ValueError for an `X` that is
    empty or not finite, and for fewer than one cell or iteration. Source: Lloyd (1982).
    """
    X, n_cells = table(X, "X"), check_k(n_cells, "n_cells")
    check_k(max_iter, "max_iter")
    rng = np.random.default_rng(seed)
    if len(X) > SAMPLE * n_cells:
        X = X[rng.choice(len(X), SAMPLE * n_cells, replace=False)]
    centers = X[rng.permutation(len(X))[:n_cells]].copy()
    before = np.full(len(X), -1)
    for _ in range(max_iter):
        cells, distances = nearest_centers(X, centers)
        if np.array_equal(cells, before):
            break
        before = cells
        sizes = np.bincount(cells, minlength=len(centers))
        full = np.flatnonzero(sizes)
        starts = np.concatenate([[0], np.cumsum(sizes[full])[:-1]])
        in_order = X[np.argsort(cells, kind="stable")]
        centers[full] = np.add.reduceat(in_order, starts) / sizes[full, None]
        if empty := len(centers) - len(full):
            centers[sizes == 0] = X[best(distances, empty)]
    return centers
