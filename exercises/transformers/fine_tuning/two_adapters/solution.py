"""Adapters: beside a frozen matrix, inside it, and two of them as one."""

import numpy as np

Adapter = tuple[np.ndarray, np.ndarray, float]  # A: (d_in, r), B: (r, d_out), alpha


def adapted(x: np.ndarray, W: np.ndarray, adapter: Adapter) -> np.ndarray:
    """Return what a frozen matrix and its adapter give.

    x: (..., d_in), W: (d_in, d_out) -> (..., d_out)
    """
    # BEGIN SOLUTION
    A, B, alpha = adapter
    return x @ W + alpha / len(B) * (x @ A @ B)
    # END SOLUTION


def merged(W: np.ndarray, adapter: Adapter) -> np.ndarray:
    """Return the matrix that has the adapter in it. Shape (d_in, d_out)."""
    # BEGIN SOLUTION
    A, B, alpha = adapter
    return W + alpha / len(B) * (A @ B)
    # END SOLUTION


def joined(first: Adapter, second: Adapter) -> Adapter:
    """Return one adapter that adds what two of them add together."""
    # BEGIN SOLUTION
    A1, B1, alpha1 = first
    A2, B2, alpha2 = second
    A = np.hstack([A1, A2])
    B = np.vstack([alpha1 / len(B1) * B1, alpha2 / len(B2) * B2])
    return A, B, float(len(B))
    # END SOLUTION
