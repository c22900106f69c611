"""The data sets that the explorable offers: checked, labeled, ready to begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.algorithms import linear_regression

Array = NDArray[np.floating]


class Dataset(TypedDict):
    """One entry of the explorable's menu, as the browser gets it."""

    name: str
    x: list[float]
    y: list[float]
    x_label: str
    y_label: str
    start: list[float]
    learning_rate: float


def numbers(name: str, values: ArrayLike) -> Array:
    """Return finite float64 values (n,); raises ValueError that says what was seen."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"{name} must hold numbers, got {values!r}") from error
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (n,), got shape {array.shape}")
    if not np.isfinite(array).all():
        where = int(np.flatnonzero(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite, got {array[where]} at index {where}")
    return array


def pair(x: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return x and y (n,) of data that have exactly one best line."""
    x, y = numbers("x", x), numbers("y", y)
    if x.shape != y.shape:
        raise ValueError(f"x and y must be as long, got {len(x)} and {len(y)} values")
    if len(x) < 2:
        raise ValueError(f"a line needs at least 2 points, got {len(x)}")
    if np.ptp(x) <= 1e-12 * np.abs(x).max():
        raise ValueError(f"x must vary, got {x[0]} everywhere: every slope fits alike")
    return x, y


def scaled(x: Array, label: str, units: str) -> tuple[Array, str]:
    """Return the feature in the units asked for, and a label that says so."""
    bare = re.sub(r"\s*\([^)]*\)$", "", label)
    if units == "raw":
        return x, label
    if units == "centered":
        return x - x.mean(), f"{label} minus its mean"
    if units == "standardized":
        return (x - x.mean()) / x.std(), f"{bare} (in standard deviations)"
    choices = '"raw", "centered" or "standardized"'
    raise ValueError(f"units must be {choices}, got {units!r}")


def falling_line(x: Array, y: Array) -> list[float]:
    """Return a start that is in sight and far from right, in round numbers."""
    low, tall = float(y.min()), float(np.ptp(y)) or float(abs(y[0])) or 1.0
    slope = -0.6 * tall / float(np.ptp(x))
    intercept = low + 0.75 * tall - slope * float(x.min())
    return [float(f"{value:.2g}") for value in (intercept, slope)]


def dataset(
    x: ArrayLike,
    y: ArrayLike,
    name: str,
    x_label: str = "x",
    y_label: str = "y",
    units: str = "raw",
    learning_rate: float | None = None,
    start: Sequence[float] | None = None,
) -> Dataset:
    """Return one entry; without a rate it gets 0.4 times the largest stable one.

    Raises ValueError for a rate that is not positive or a start that is no pair.
    """
    x, y = pair(x, y)
    x, x_label = scaled(x, x_label, units)
    if learning_rate is None:
        X = linear_regression.add_intercept(x[:, None])
        stable = linear_regression.largest_stable_learning_rate(X)
        learning_rate = float(f"{0.4 * stable:.3g}")
    if not (np.isfinite(learning_rate) and learning_rate > 0):
        raise ValueError(f"learning_rate must be positive, got {learning_rate}")
    begin = falling_line(x, y) if start is None else numbers("start", start).tolist()
    if len(begin) != 2:
        raise ValueError(f"start must be (intercept, slope), got {len(begin)} values")
    return {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "x_label": x_label,
        "y_label": y_label,
        "start": begin,
        "learning_rate": float(learning_rate),
    }
