"""The functions of the explorable, with their gradients and second derivatives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import sympy as sp
from numpy.typing import NDArray

Array = NDArray[np.float64]
REACH = 2.0  # points lie between −2 and 2
X, Y = sp.symbols("x y", real=True)


class Surface(NamedTuple):
    """A function of two variables: what it is called, its formula, its contours."""

    text: str
    formula: sp.Expr
    levels: tuple[float, ...]


FUNCTIONS = {
    "bowl": Surface(
        "x² + xy + 2y²",
        X**2 + X * Y + 2 * Y**2,
        (0.1, 0.4, 0.9, 1.6, 2.5, 3.6, 4.9, 6.4, 8.1, 10, 12.1, 14.4, 16.9),
    ),
    "saddle": Surface(
        "x² − y²",
        X**2 - Y**2,
        (-3.5, -2.5, -1.6, -0.9, -0.4, -0.1, 0, 0.1, 0.4, 0.9, 1.6, 2.5, 3.5, 5, 7),
    ),
    "valleys": Surface(
        "x⁴/4 − x²/2 + y²/2",
        X**4 / 4 - X**2 / 2 + Y**2 / 2,
        (-0.23, -0.17, -0.08, 0, 0.15, 0.4, 0.7, 1.1, 1.6, 2.2, 3, 4, 5.5, 7.5),
    ),
    "plateau": Surface(
        "1 − exp(−x² − y²)",
        1 - sp.exp(-(X**2) - Y**2),
        (0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 0.99, 0.999),
    ),
}


def value(name: str, x: Array, y: Array) -> Array:
    """Return f(x, y) for arrays x and y of one shape."""
    return np.asarray(sp.lambdify((X, Y), FUNCTIONS[name].formula)(x, y), float)


def gradient(name: str, point: tuple[float, float]) -> Array:
    """Return both partial derivatives at a point, (2,), by SymPy."""
    formula = FUNCTIONS[name].formula
    at = dict(zip((X, Y), point, strict=True))
    return np.array([float(formula.diff(v).subs(at)) for v in (X, Y)])


def slope(name: str, point: tuple[float, float], degrees: float) -> float:
    """Return the slope at a point in the direction of so many degrees."""
    angle = np.deg2rad(degrees)
    return float(gradient(name, point) @ [np.cos(angle), np.sin(angle)])
