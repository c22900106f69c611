"""What an equation says about its unknown: its solutions, with 48 digits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import sympy

from .evaluation import DIGITS, Exact, exact, inverse

DEGREE = 4  # the highest power of the unknown
SMALL = DIGITS.mpf("1e-30")  # beside the largest, of numbers that are zero
NODES = range(DEGREE + 2)  # where a polynomial is evaluated, one more than need be
# Takes the values there to the coefficients.
TO_COEFFICIENTS = inverse(exact([[float(at) ** k for k in NODES] for at in NODES]))
REAL = DIGITS.mpf("1e-10")  # the part of a double root that is not real, at most

Residual = Callable[[Mapping[Any, Any]], Exact]


def solutions(residual: Residual, unknown: Any, values: Mapping[Any, Any]) -> Exact:
    """Return for which unknown the residual is zero: numbers in order, or one column.

    `values` hold all other symbols. Raises ValueError where the unknown, a number, does
    not enter as a polynomial, and where a column does not enter linearly.
    """
    if isinstance(unknown, sympy.MatrixSymbol):
        return column(residual, unknown, values)
    heights = [residual({**values, unknown: float(at)}).item() for at in NODES]
    coefficients = TO_COEFFICIENTS @ np.array(heights)
    largest = max(map(abs, coefficients))
    while len(coefficients) and abs(coefficients[-1]) <= SMALL * largest:
        coefficients = coefficients[:-1]
    if len(coefficients) == len(NODES):
        raise ValueError(
            f"it is no polynomial in {unknown}, of degree {DEGREE} or less"
        )
    if len(coefficients) < 2:
        raise ValueError(f"it does not depend on {unknown}")
    roots = DIGITS.polyroots([*reversed(coefficients)], maxsteps=400, extraprec=400)
    real = [r.real for r in roots if abs(r.imag) <= REAL * abs(r)]
    return np.array(sorted(real), dtype=object)


def column(residual: Residual, unknown: Any, values: Mapping[Any, Any]) -> Exact:
    """Return the column of unknowns that a square system of equations determines."""
    height = int(sympy.sympify(unknown.shape[0]).subs(sizes(values)))

    def at(weights: Any) -> Exact:
        return np.atleast_1d(residual({**values, unknown: weights}))

    units = np.eye(height)
    constant = at(np.zeros(height))
    matrix = np.stack([at(unit) - constant for unit in units], axis=1)
    if matrix.shape != (height, height):
        raise ValueError(
            f"there are {len(matrix)} equations for the {height} entries of {unknown}"
        )
    curved = at(2.0 * units[0]) - constant - 2 * matrix[:, 0]
    if max(map(abs, curved)) > SMALL * max(map(abs, matrix.ravel())):
        raise ValueError(f"it is not linear in {unknown}")
    return np.asarray(-inverse(matrix) @ constant)


def sizes(values: Mapping[Any, Any]) -> dict[Any, int]:
    """Return those of the values that are sizes."""
    return {symbol: v for symbol, v in values.items() if isinstance(v, int)}
