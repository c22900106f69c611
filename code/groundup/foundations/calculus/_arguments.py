"""Checks of the points where functions are differentiated, and of their values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...validation import real_numbers

Array = NDArray[np.float64]
Function = Callable[[Array], Any]


def point(x: ArrayLike) -> Array:
    """Return a point as an array of float64, of one axis or more.

    Raises ValueError where it is empty, no array of numbers, or not finite.
    """
    found = real_numbers(x, "x")
    if found.size == 0:
        raise ValueError(f"x is empty, found shape {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError("x holds NaN or infinity; finite numbers are expected")
    return found.astype(np.float64)  # a copy, whoever gave it


def number(x: float, name: str) -> float:
    """Return a finite number as a float; raises ValueError for anything else."""
    found = real_numbers(x, name, 0)
    if found.ndim or not np.isfinite(found):
        raise ValueError(f"{name} must be one finite number, found {x!r}")
    return float(found)


def step(h: float) -> float:
    """Return the length of a step; raises ValueError if it is not positive."""
    found = number(h, "h")
    if found <= 0:
        raise ValueError(f"h must be positive, found {h}")
    return found


def value(f: Callable[[Any], Any], x: Any) -> float:
    """Return f(x) as a float.

    Raises ValueError where that is not one number, or not finite.
    """
    found = f(x)
    if not isinstance(found, float):  # np.float64 is one; checking it takes no time
        found = real_numbers(found, "the value of f", 0)
        if found.ndim:
            raise ValueError(f"f must return one number, found shape {found.shape}")
    result = float(found)
    if not -np.inf < result < np.inf:
        raise ValueError(f"f is {result} at {x}; a finite number is expected")
    return result


def values(f: Function, x: Array) -> Array:
    """Return f(x) as an array of one axis.

    Raises ValueError where it has another number of axes, or is not finite.
    """
    found = real_numbers(f(x), "the value of f", 0)
    if found.ndim != 1:
        raise ValueError(f"f must return shape (m,), found {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError(f"f holds NaN or infinity at {x}")
    return found.astype(np.float64)
