"""Times two functions that do the same work, in turn, and compares them as ratios."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

# What these allocate by themselves, Python does not know of.
UNSEEN = {"FAISS", "PyTorch", "peft", "tokenizers", "transformers"}
UNSEEN |= {"peft with logits where the loss is", "sentence-transformers"}


@dataclass(frozen=True)
class Benchmark:
    """Our code and a library's on the same data, and the ratio to reach."""

    name: str
    peer: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    aim: float


@dataclass(frozen=True)
class Figure:
    """A figure by itself, in a unit, and how large it may be."""

    name: str
    unit: str
    aim: float
    measure: Callable[[], float]


def seconds(function: Callable[[], Any]) -> float:
    """Return how long one call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def peak_megabytes(function: Callable[[], Any]) -> float:
    """Return the most memory that one call allocates, NumPy's arrays included."""
    tracemalloc.start()
    function()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measure(benchmark: Benchmark, runs: int = 21) -> dict[str, Any]:
    """Return the quartiles of the ratios of paired runs, and the memory of each.

    Which of the two goes first alternates. A library's memory is None where it cannot
    be seen from Python.
    """
    benchmark.ours(), benchmark.theirs()  # warm up
    pairs = []
    for run in range(runs):
        if run % 2:
            theirs = seconds(benchmark.theirs)
            pairs.append((seconds(benchmark.ours), theirs))
        else:
            ours = seconds(benchmark.ours)
            pairs.append((ours, seconds(benchmark.theirs)))
    low, middle, high = quantiles((ours / theirs for ours, theirs in pairs), n=4)
    peer_mb = None
    if benchmark.peer not in UNSEEN:
        peer_mb = round(peak_megabytes(benchmark.theirs), 1)
    return {
        "name": benchmark.name,
        "peer": benchmark.peer,
        "ratio": round(middle, 3),
        "low": round(low, 3),
        "high": round(high, 3),
        "aim": benchmark.aim,
        "runs": runs,
        "ours_ms": round(1e3 * median(ours for ours, _ in pairs), 2),
        "peer_ms": round(1e3 * median(theirs for _, theirs in pairs), 2),
        "ours_mb": round(peak_megabytes(benchmark.ours), 1),
        "peer_mb": peer_mb,
    }
