"""Nearest vectors by Qdrant in its local mode: those of the exact search."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import qdrant_client as qdrant
from groundup.generative import rag
from groundup.generative.rag.beyond import QdrantSearch

RNG = np.random.default_rng(0)
X = RNG.normal(size=(600, 16)).astype(np.float32)
Q = RNG.normal(size=(5, 16)).astype(np.float32)


@pytest.mark.parametrize("where", [":memory:", "folder"])
def test_qdrant_finds_what_the_exact_search_finds(where: str, tmp_path: Path) -> None:
    place = ":memory:" if where == ":memory:" else None
    client = qdrant.QdrantClient(place, path=None if place else str(tmp_path))
    ours = rag.ExactSearch(X).search(Q, 10)
    theirs = QdrantSearch(client, X).search(Q, 10)
    np.testing.assert_array_equal(theirs.indices, ours.indices)
    np.testing.assert_allclose(theirs.scores, ours.scores, rtol=1e-5)
    # A second collection takes the place of the first.
    few = QdrantSearch(client, X[:3]).search(Q[:1], 10)
    assert few.indices.shape == (1, 3)
    client.close()


def test_bad_input_is_refused_as_by_the_exact_search() -> None:
    search = QdrantSearch(qdrant.QdrantClient(":memory:"), X[:4])
    with pytest.raises(ValueError, match="queries"):
        search.search(Q[:, :3])
    with pytest.raises(ValueError, match="k must be"):
        search.search(Q, 0)
