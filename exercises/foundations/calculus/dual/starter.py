"""Arithmetic of dual numbers, and an old program that carries slopes."""

import numpy as np


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the product of two dual numbers. Shapes (2,), (2,) -> (2,)."""
    raise NotImplementedError


def quotient(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the quotient of two dual numbers. Shapes (2,), (2,) -> (2,)."""
    raise NotImplementedError


def sine(a: np.ndarray) -> np.ndarray:
    """Return the sine of a dual number. Shape (2,) -> (2,)."""
    raise NotImplementedError


def heron(a: np.ndarray, steps: int) -> np.ndarray:
    """Return the root of a dual number after some steps. Shape (2,) -> (2,)."""
    raise NotImplementedError
