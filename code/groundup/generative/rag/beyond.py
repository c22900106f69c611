"""Nearest vectors beyond one machine: a Qdrant server behind the interface of `search`.

The same calls run in one process, on a server, or on many. Source: the documentation of
Qdrant, whose client comes with the extra `retrieval`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from .clusters import table
from .ranking import Found, check_k

STEP = 256  # vectors that are sent at once


class QdrantSearch:
    """The vectors X: (n, d) in a collection of Qdrant, found by inner product.

    `client` is a `qdrant_client.QdrantClient`: of ":memory:", of a folder, or of a URL.
    A collection of that name is replaced. Raises ValueError as `ExactSearch` does.
    """

    def __init__(self, client: Any, X: ArrayLike, name: str = "groundup") -> None:
        from qdrant_client import models

        self.client, self.name = client, name
        rows = table(X, "X")
        self.n, self.width = rows.shape
        size = models.VectorParams(size=self.width, distance=models.Distance.DOT)
        if client.collection_exists(name):
            client.delete_collection(name)
        client.create_collection(name, vectors_config=size)
        for start in range(0, self.n, STEP):
            some = rows[start : start + STEP]
            ids: list[Any] = list(range(start, start + len(some)))
            client.upsert(name, models.Batch(ids=ids, vectors=some.tolist()), wait=True)

    def search(self, queries: ArrayLike, k: int = 10) -> Found:
        """Return the k best rows for each query, and their inner products.

        Shapes as of `ExactSearch.search`; of equals Qdrant has its own order. Raises
        ValueError for k below 1 and for queries of another width.
        """
        from qdrant_client import models

        Q = table(queries, "queries", self.width)
        k = min(check_k(k), self.n)
        asked = [models.QueryRequest(query=row.tolist(), limit=k) for row in Q]
        answers = self.client.query_batch_points(self.name, asked)
        points = [answer.points for answer in answers]
        indices = np.array([[point.id for point in row] for row in points])
        scores = np.array([[point.score for point in row] for row in points])
        return Found(indices, scores.astype(np.float32))
