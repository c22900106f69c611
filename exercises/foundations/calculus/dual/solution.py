"""Arithmetic of dual numbers, and an old program that carries slopes."""

import numpy as np


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the product of two dual numbers. Shapes (2,), (2,) -> (2,)."""
    # BEGIN SOLUTION
    return np.array([a[0] * b[0], a[1] * b[0] + a[0] * b[1]])
    # END SOLUTION


def quotient(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the quotient of two dual numbers. Shapes (2,), (2,) -> (2,)."""
    # BEGIN SOLUTION
    value = a[0] / b[0]
    return np.array([value, (a[1] - value * b[1]) / b[0]])
    # END SOLUTION


def sine(a: np.ndarray) -> np.ndarray:
    """Return the sine of a dual number. Shape (2,) -> (2,)."""
    # BEGIN SOLUTION
    return np.array([np.sin(a[0]), np.cos(a[0]) * a[1]])
    # END SOLUTION


def heron(a: np.ndarray, steps: int) -> np.ndarray:
    """Return the root of a dual number after some steps. Shape (2,) -> (2,)."""
    # BEGIN SOLUTION
    x = np.array([1.0, 0.0])
    for _ in range(steps):
        x = (x + quotient(a, x)) / 2
    return x
    # END SOLUTION
