"""A bowl xᵀAx + bᵀx in n coordinates: its values, its gradient, its lowest point."""

import numpy as np


def value(A: np.ndarray, b: np.ndarray, x: np.ndarray) -> float:
    """Return xᵀAx + bᵀx. A: (n, n), b, x: (n,)."""
    return float(x @ A @ x + b @ x)


def second_derivatives(A: np.ndarray) -> np.ndarray:
    """Return the matrix of second derivatives of the bowl. A: (n, n) -> (n, n)."""
    return 2 * A


def gradient(A: np.ndarray, b: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return the gradient of the bowl at x. A: (n, n), b, x: (n,) -> (n,)."""
    return second_derivatives(A) @ x + b


def lowest(A: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the point where the gradient is zero. A: (n, n), b: (n,) -> (n,)."""
    return np.linalg.solve(second_derivatives(A), -b)
