"""Rosenbrock's function and its second derivatives, by differences or by formula."""

import numpy as np


def rosenbrock(x: np.ndarray) -> float:
    """Return the value of Rosenbrock's function at a point. x: (n,)."""
    raise NotImplementedError


def hessian(x: np.ndarray) -> np.ndarray:
    """Return the second derivatives of Rosenbrock's function. x: (n,) -> (n, n)."""
    raise NotImplementedError
