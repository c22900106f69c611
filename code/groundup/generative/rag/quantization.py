"""Product quantization: a vector as a few bytes, and inner products from tables."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .clusters import BLOCK, k_means, nearest_centers, table
from .ranking import Best, Found, check_k

Array = NDArray[np.float32]
CENTERS = 256  # what one byte can tell apart


class ProductQuantizer:
    """Vectors cut into parts, each part written as the number of its nearest center.

    `centers: (n_parts, c, d / n_parts)` with c ≤ 256, `codes: (n_parts, n)` a byte
    each. So a vector of 384 numbers of four bytes, 1536 in all, takes as many bytes as
    it has parts. Shape `X: (n, d)`. Raises ValueError where d cannot be divided by the
    number of parts, and as `k_means` does. Source: Jégou, Douze and Schmid (2011).
    """

    def __init__(self, X: ArrayLike, n_parts: int, seed: int = 0) -> None:
        X, n_parts = table(X, "X"), check_k(n_parts, "n_parts")
        if X.shape[1] % n_parts:
            raise ValueError(
                f"n_parts must divide the {X.shape[1]} columns of X, found {n_parts}"
            )
        self.n, self.d = X.shape
        parts = [np.ascontiguousarray(part) for part in np.split(X, n_parts, axis=1)]
        self.centers = np.stack(
            [k_means(part, CENTERS, seed + j) for j, part in enumerate(parts)]
        )
        self.codes = np.stack(
            [
                nearest_centers(part, centers)[0].astype(np.uint8)
                for part, centers in zip(parts, self.centers, strict=True)
            ]
        )

    def decode(self) -> Array:
        """Return the vectors that the codes stand for: (n, d)."""
        parts = [
            centers[codes]
            for centers, codes in zip(self.centers, self.codes, strict=True)
        ]
        return np.hstack(parts)

    def search(self, queries: ArrayLike, k: int = 10) -> Found:
        """Return the k best rows for each query, by the vectors that codes stand for.

        Formula `rag.product_quantization`: a query's inner products with the centers of
        each part are computed once, and looked up for every row. Shapes and errors as
        of `ExactSearch.search`.
        """
        Q = table(queries, "queries", self.d)
        results = Best(len(Q), k)
        parts = Q.reshape(len(Q), len(self.centers), -1)  # (m, parts, d / parts)
        for query, pieces in enumerate(parts):
            # (parts, c, e) @ (parts, e, 1) -> (parts, c, 1)
            tables = (self.centers @ pieces[..., None])[..., 0]
            for start in range(0, self.n, BLOCK):
                codes = self.codes[:, start : start + BLOCK]
                looked_up = np.take_along_axis(tables, codes, axis=1)  # (parts, b)
                scores = looked_up.sum(axis=0)[None]
                rows = np.arange(start, start + codes.shape[1])
                results.offer(np.array([query]), rows, scores)
        return results.found(min(results.k, self.n))
