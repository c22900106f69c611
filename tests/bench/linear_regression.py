"""Linear regression beside scikit-learn: fit and predict on 100,000 × 50."""

from __future__ import annotations

import numpy as np
from groundup.algorithms.linear_regression import LinearRegression
from sklearn.linear_model import LinearRegression as Peer

from .measure import Benchmark

rng = np.random.default_rng(0)
X = rng.normal(size=(100_000, 50)) + 10
y = X @ rng.normal(size=50) + rng.normal(size=100_000)
ours, peer = LinearRegression().fit(X, y), Peer().fit(X, y)

BENCHMARKS = [
    Benchmark(
        "fit, 100,000 × 50",
        "scikit-learn",
        lambda: LinearRegression().fit(X, y),
        lambda: Peer().fit(X, y),
        aim=1.0,
    ),
    Benchmark(
        "predict, 100,000 × 50",
        "scikit-learn",
        lambda: ours.predict(X),
        lambda: peer.predict(X),
        aim=1.0,
    ),
]
