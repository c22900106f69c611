"""The vectors with the largest inner products with a query: all tried, or the likely.

For vectors of length 1 the inner product is the cosine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .clusters import BLOCK, k_means, nearest_centers, table
from .ranking import Best, Found, Indices, best, check_k

Array = NDArray[np.float32]


class ExactSearch:
    """All inner products are computed, block by block: nothing can be missed.

    Shape `X: (n, d)`; float32 is not copied. Raises ValueError for an X that is empty
    or not finite.
    """

    def __init__(self, X: ArrayLike) -> None:
        self.X = table(X, "X")

    def search(self, queries: ArrayLike, k: int = 10) -> Found:
        """Return the k best rows for each query, and their inner products.

        Shapes `queries: (m, d)`, result (m, min(k, n)) each. Of equals the first come
        first. Raises ValueError for k below 1 and for queries of another width.
        """
        Q = table(queries, "queries", self.X.shape[1])
        results, every = Best(len(Q), k), np.arange(len(Q))
        for start in range(0, len(self.X), BLOCK):
            rows = self.X[start : start + BLOCK]
            scores = Q @ rows.T  # (m, d) @ (d, b) -> (m, b)
            results.offer(every, np.arange(start, start + len(rows)), scores)
        return results.found(min(results.k, len(self.X)))


class IVF:
    """An inverted file: only cells whose centers look promising are searched.

    `rows` are the numbers of the vectors in the order of their cells, `starts` where
    each cell begins, and `X` the vectors in that order. With fewer rows than `n_cells`
    there are as many cells as rows. Raises ValueError as `k_means` does.
    Source: Jégou, Douze and Schmid (2011).
    """

    def __init__(self, X: ArrayLike, n_cells: int, seed: int = 0) -> None:
        X = table(X, "X")
        self.centers = k_means(X, n_cells, seed)
        cells, _ = nearest_centers(X, self.centers)
        self.rows = np.argsort(cells, kind="stable")
        sizes = np.bincount(cells, minlength=len(self.centers))
        self.starts = np.concatenate([[0], np.cumsum(sizes)])
        self.X = X[self.rows]

    def search(self, queries: ArrayLike, k: int = 10, n_probe: int = 8) -> Found:
        """Return the k best rows of the `n_probe` likeliest cells, for each query.

        Shapes `queries: (m, d)`, result (m, min(k, n)) each: indices are -1, and scores
        −∞, where those cells hold fewer than k rows. All cells are searched where
        `n_probe` is larger than their number. Raises ValueError for k or n_probe below
        1 and for queries of another width.
        """
        Q = table(queries, "queries", self.X.shape[1])
        n_probe, results = check_k(n_probe, "n_probe"), Best(len(Q), k)
        likely = self.likeliest(Q, n_probe)
        # Queries that share a cell read it once: (cell, query) in the order of cells.
        query = np.repeat(np.arange(len(Q)), likely.shape[1])
        order = np.argsort(likely.ravel(), kind="stable")
        cells, firsts = np.unique(likely.ravel()[order], return_index=True)
        for cell, asking in zip(cells, np.split(query[order], firsts[1:]), strict=True):
            here = slice(self.starts[cell], self.starts[cell + 1])
            # Few queries and many rows: the rows are read as they lie in memory.
            few = np.ascontiguousarray(Q[asking].T)
            scores = self.X[here] @ few  # (c, d) @ (d, q) -> (c, q)
            results.offer(asking, self.rows[here], scores.T)
        return results.found(min(results.k, len(self.X)))

    def likeliest(self, Q: Array, n_probe: int) -> Indices:
        """Return the cells with the largest inner products of center and query."""
        scores = Q @ self.centers.T  # (m, d) @ (d, cells) -> (m, cells)
        return np.stack([best(row, n_probe) for row in scores])
