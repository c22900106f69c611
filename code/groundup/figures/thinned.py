"""Paths with fewer points: those that the eye cannot tell from a straight line go."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

SEEN = 0.1  # units of the view box, as far as coordinates are rounded anyway
POINT = r"\s*[-+.\de]+\s+[-+.\de]+"
RUN = re.compile(rf"M{POINT}(?:\s*L{POINT}){{2,}}")


def thinned(path: str) -> str:
    """Return a path's data without points that lie as good as on the line drawn.

    Each run of straight lines stays within a tenth of a unit of what it was (the
    algorithm of Douglas and Peucker); curves, dots and single lines stay as they are.
    """
    return RUN.sub(lambda run: fewer(run[0]), path)


def fewer(run: str) -> str:
    """Return `M x y L x y …` with the corners that are needed."""
    numbers = re.sub("[ML]", " ", run).split()
    points = np.reshape([float(number) for number in numbers], (-1, 2))
    corners = [f"{x!r} {y!r}" for x, y in points[needed(points)].tolist()]
    return "M " + " L ".join(corners)


def needed(points: NDArray[np.float64]) -> list[int]:
    """Return which points, (n, 2), are corners of a line that stays close to all."""
    kept = {0, len(points) - 1}
    parts = [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        away = distances(points[first : last + 1])
        furthest = first + int(np.argmax(away))
        if away.max() > SEEN:
            kept.add(furthest)
            parts += [(first, furthest), (furthest, last)]
    return sorted(kept)


def distances(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points, (n, 2), are from the straight way from first to last.

    A path may turn back on its own line, so beyond the ends it is how far they are from
    these; in a closed contour the two are one.
    """
    steps = points - points[0]
    way = steps[-1]
    along = steps @ way / max(float(way @ way), 1e-12)
    away = steps - np.clip(along, 0, 1)[:, None] * way
    distance: NDArray[np.float64] = np.linalg.norm(away, axis=1)
    return distance
