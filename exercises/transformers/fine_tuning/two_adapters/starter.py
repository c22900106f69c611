"""Adapters: beside a frozen matrix, inside it, and two of them as one."""

import numpy as np

Adapter = tuple[np.ndarray, np.ndarray, float]  # A: (d_in, r), B: (r, d_out), alpha


def adapted(x: np.ndarray, W: np.ndarray, adapter: Adapter) -> np.ndarray:
    """Return what a frozen matrix and its adapter give.

    x: (..., d_in), W: (d_in, d_out) -> (..., d_out)
    """
    raise NotImplementedError


def merged(W: np.ndarray, adapter: Adapter) -> np.ndarray:
    """Return the matrix that has the adapter in it. Shape (d_in, d_out)."""
    raise NotImplementedError


def joined(first: Adapter, second: Adapter) -> Adapter:
    """Return one adapter that adds what two of them add together."""
    raise NotImplementedError
