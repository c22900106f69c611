"""Vectors beside scikit-learn: cosines of all pairs of rows, and of one with many."""

from __future__ import annotations

import numpy as np
from groundup.foundations.vectors import cosine_similarity
from sklearn.metrics.pairwise import cosine_similarity as peer

from .measure import Benchmark

rng = np.random.default_rng(0)
X, Y = rng.normal(size=(1_000, 300)), rng.normal(size=(2_000, 300))
query, texts = rng.normal(size=(1, 384)), rng.normal(size=(50_000, 384))

BENCHMARKS = [
    Benchmark(
        "cosines, 1,000 rows with 2,000",
        "scikit-learn",
        lambda: cosine_similarity(X, Y),
        lambda: peer(X, Y),
        aim=1.0,
    ),
    Benchmark(
        "cosines, 1 row with 50,000",
        "scikit-learn",
        lambda: cosine_similarity(query, texts),
        lambda: peer(query, texts),
        aim=1.0,
    ),
]
