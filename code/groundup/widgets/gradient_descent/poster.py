"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from groundup.algorithms import linear_regression

from ..kit.drawing import (
    Panel,
    circle,
    ellipse,
    line,
    polyline,
    segments,
    side_by_side,
    text,
)

Array = NDArray[np.floating]
INK, MUTED, PAPER = "--gu-ink, #1c1f23", "--gu-muted, #5b6068", "--gu-paper, #fdfcf9"
BLUE, ORANGE, GREEN = (
    "--gu-blue, #0b62a8",
    "--gu-orange, #ad4a08",
    "--gu-green, #0a7556",
)
RED = "--gu-red, #b3261e"
TITLES = ("The line", "The loss", "minimum")
PLAIN = (
    "A line through four points",
    "The same line, as a ball in a valley",
    "lowest point",
)
LIMIT = 290  # pixels, the height of a small picture
RINGS = [1.5**k for k in range(6, -5, -1)]


def box_around(H: Array, best: Array, excess: float) -> tuple[Array, Array]:
    """Return the corners of the picture: the box around one contour, with room."""
    half = 1.15 * np.sqrt(2 * excess * np.diag(np.linalg.inv(H)))
    return best - half, best + half


def data_panel(
    name: str, X: Array, y: Array, path: Array, labels: list[str], small: bool
) -> str:
    """Return the data with the residuals of the line that the path ends at."""
    x = X[:, 1]
    room_x, room_y = 0.08 * np.ptp(x), 0.1 * (np.ptp(y) or 1.0)
    low, high = float(x.min() - room_x), float(x.max() + room_x)
    panel = Panel((low, high), (float(y.min() - room_y), float(y.max() + room_y)))
    b, m = path[-1]
    many = len(x) > 60
    ends = [((v, b + m * v), (v, t)) for v, t in zip(x, y, strict=True)]
    sticks = segments(panel, ends, RED, 1 if many else 2)
    points = segments(panel, [(p, p) for _, p in ends], INK, 5 if many else 9)
    fit = line(panel, (low, b + m * low), (high, b + m * high), BLUE, 3)
    told = (
        f"{len(x)} points and the line {b:.3g} + {m:.3g} x after {len(path) - 1} steps"
    )
    title, limit = (PLAIN[0], LIMIT) if small else (TITLES[0], 0)
    marks = [sticks, points, fit]
    return panel.picture(f"{name}-data", title, told, marks, labels, limit)


def loss_panel(
    name: str, X: Array, y: Array, path: Array, best: Array, small: bool
) -> str:
    """Return the contours of the loss with the path from its start to its end."""
    H = linear_regression.hessian(X)
    least = linear_regression.mean_squared_error(X, y, best)
    excess = linear_regression.mean_squared_error(X, y, path[0]) - least
    excess = max(excess, 1e-6 * (1 + least))
    (low, slope_low), (high, slope_high) = box_around(H, best, excess)
    panel = Panel((low, high), (slope_low, slope_high))
    values, vectors = np.linalg.eigh(H)
    axes = (vectors * np.sqrt(2 * excess / values)).T
    rings = [
        ellipse(panel, best, size * axes, MUTED, 0.6, PAPER if size <= 1 else None)
        for size in RINGS
    ]
    marks = [
        polyline(panel, path, ORANGE, 1.5),
        segments(panel, [(w, w) for w in path], ORANGE, 5),
        circle(panel, path[0], 5, ORANGE, hollow=True),
        circle(panel, best, 5, GREEN),
        text(panel, best, PLAIN[2] if small else TITLES[2], GREEN),
    ]
    told = (
        f"Contours of the loss; the path leads from intercept {path[0][0]:.3g}, slope "
        f"{path[0][1]:.3g} to intercept {path[-1][0]:.3g}, slope {path[-1][1]:.3g}"
    )
    labels = ["intercept", "slope"]
    title, limit = (PLAIN[1], LIMIT) if small else (TITLES[1], 0)
    drawn = [*rings, *marks]
    return panel.picture(f"{name}-loss", title, told, drawn, labels, limit)


def run(X: Array, y: Array, start: Array, rate: float, best: Array) -> Array:
    """Return the path until 99.9 % of the excess loss is gone, or it has exploded.

    A path that reaches neither ends after 300 steps.
    """
    with np.errstate(over="ignore", invalid="ignore"):  # a diverging path overflows
        path = linear_regression.gradient_descent(X, y, start, rate, 300)
        excess = np.mean((X @ (path - best).T) ** 2, axis=0)
    over = np.flatnonzero((excess <= 1e-3 * excess[0]) | ~(excess < 1e3 * excess[0]))
    return path[: (int(over[0]) if over.size else 300) + 1]


def poster(
    name: str,
    x: Array,
    y: Array,
    start: Array,
    learning_rate: float,
    labels: tuple[str, str],
    only_line: bool = False,
    small: bool = False,
) -> str:
    """Return both pictures side by side, below each other where there is no room.

    With `only_line` it is the data and the line of the start alone.
    """
    X = linear_regression.add_intercept(x[:, None])
    slope, intercept = linear_regression.slope_and_intercept(x, y)
    best = np.array([intercept, slope])
    path = start[None] if only_line else run(X, y, start, learning_rate, best)
    name = escape(f"{name}-poster", quote=True)
    panels = [data_panel(name, X, y, path, list(labels), small)]
    if not only_line:
        panels.append(loss_panel(name, X, y, path, best, small))
    return side_by_side(panels)
