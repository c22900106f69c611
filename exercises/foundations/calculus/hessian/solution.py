"""Rosenbrock's function and its second derivatives, by differences or by formula."""

import numpy as np


def rosenbrock(x: np.ndarray) -> float:
    """Return the value of Rosenbrock's function at a point. x: (n,)."""
    # BEGIN SOLUTION
    across, along = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    return float(np.sum(100 * across**2 + along**2))
    # END SOLUTION


def hessian(x: np.ndarray) -> np.ndarray:
    """Return the second derivatives of Rosenbrock's function. x: (n,) -> (n, n)."""
    # BEGIN SOLUTION
    h = 1e-4 * np.maximum(1.0, np.abs(x))
    n, E = len(x), np.diag(h)
    H = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            same = rosenbrock(x + E[i] + E[j]) + rosenbrock(x - E[i] - E[j])
            opposite = rosenbrock(x + E[i] - E[j]) + rosenbrock(x - E[i] + E[j])
            H[i, j] = (same - opposite) / (4 * h[i] * h[j])
    return H
    # END SOLUTION
