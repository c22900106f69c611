"""A run of descent that the reader's own gradient makes, in a notebook."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from groundup.algorithms import linear_regression

Array = NDArray[np.floating]
Gradient = Callable[[Array, Array, Array], object]
CLOSE = 1e-9  # a run is over when this part of its excess loss is left
FAR = 1e3  # and when its loss has grown by this factor: the plots end there


class Run(TypedDict):
    """What the browser gets: the steps that were made, and why there are no more."""

    start: list[float]
    rate: float
    path: list[list[float]]
    problem: str


def slopes(gradient: Gradient, X: Array, y: Array, w: Array) -> Array:
    """Return what the reader's function says at `w`, (2,).

    Raises ValueError with a sentence for an exception in it, and for what is no
    gradient.
    """
    try:
        found = np.asarray(gradient(X.copy(), y.copy(), w.copy()), dtype=np.float64)
    except Exception as error:
        # The first frame is this one, the last is the reader's line or what it calls.
        frames = traceback.extract_tb(sys.exc_info()[2])[1:2]
        where = "".join(f" in line {frame.lineno}" for frame in frames)
        raise ValueError(f"it raised {type(error).__name__}{where}: {error}") from error
    if found.shape != w.shape:
        raise ValueError(f"it returned shape {found.shape}, and w has {w.shape}")
    if not np.isfinite(found).all():
        raise ValueError(f"it returned {found.tolist()}")
    return found


def run(
    gradient: Gradient,
    x: Array,
    y: Array,
    start: list[float],
    rate: float,
    steps: int,
) -> Run:
    """Return the path (steps + 1 pairs or fewer) of descent by `gradient(X, y, w)`.

    x, y: (n,), start (2,). It ends early at the bottom, far outside, and where the
    function fails: `problem` then says how.
    """
    X = linear_regression.add_intercept(x[:, None])
    least = linear_regression.mean_squared_error(
        X, y, linear_regression.least_squares(X, y)
    )
    w = np.array(start)
    first = linear_regression.mean_squared_error(X, y, w)
    path, problem = [w.tolist()], ""
    while len(path) <= steps:
        try:
            w = w - rate * slopes(gradient, X, y, w)
        except ValueError as error:
            problem = str(error)
            break
        path.append(w.tolist())
        now = linear_regression.mean_squared_error(X, y, w)
        if now - least <= CLOSE * (first - least) or not now < first * FAR:
            break
    return {"start": list(start), "rate": rate, "path": path, "problem": problem}
