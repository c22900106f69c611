"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from groundup.foundations.vectors import project

from ..kit.drawing import Panel, line, polyline, text

Array = NDArray[np.floating]
MUTED = "--gu-muted, #5b6068"
BLUE, ORANGE = "--gu-blue, #0b62a8", "--gu-orange, #ad4a08"
GREEN, PURPLE = "--gu-green, #0a7556", "--gu-purple, #7d3fa6"
RED, GOLD, INK = "--gu-red, #b3261e", "--gu-gold, #8a6100", "--gu-ink, #1c1f23"
RANGE = (-5.0, 5.0)
WIDE = (-7.6, 7.6)  # a poster is wider than it is high: units stay as long as they are
HEAD, WING = 0.42, 0.2  # of an arrow, in units of the plane
LIMIT = 400  # pixels, the height of the picture


def arrow(panel: Panel, v: Array, color: str) -> str:
    """Return an arrow from the origin; of the zero vector nothing can be drawn."""
    size = float(np.hypot(*v))
    if not size:
        return ""
    along = v / size
    across = np.array([-along[1], along[0]])
    base = v - HEAD * along
    head = [base + WING * across, v, base - WING * across]
    return line(panel, (0, 0), v, color, 3) + polyline(panel, head, color, 3)


def area(panel: Panel, corners: Sequence[Array], product: float) -> str:
    """Return a rectangle in the color of its sign, with the product it stands for."""
    color = GREEN if product >= 0 else PURPLE
    points = " ".join("{:.1f},{:.1f}".format(*panel.at(corner)) for corner in corners)
    x, y = panel.at((corners[0] + corners[2]) / 2)
    return (
        f'<polygon points="{points}" fill="var({color})" fill-opacity="0.18"'
        f' stroke="var({color})" stroke-width="1.5"/>'
        f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-weight="600"'
        f' fill="var({INK})">{f"{product:+.4g}".replace("-", "−")}</text>'
    )


def between(
    panel: Panel, a: Array, b: Array, t: float, show: Sequence[str]
) -> list[str]:
    """Return what is drawn between the arrows, where b has a direction."""
    size = float(b @ b)
    if not size:
        return []
    far = 12 / np.sqrt(size)
    marks = [line(panel, -far * b, far * b, MUTED, 0.75)]
    shadow, across = project(a, b), np.array([b[1], -b[0]])
    corners = [np.zeros(2), shadow, shadow + across, across]
    if "area" in show:
        marks.append(area(panel, corners, float(a @ b)))
    if "frame" in show:
        longest = np.copysign(np.hypot(*a), a @ b) / np.sqrt(size) * b
        frame = [np.zeros(2), longest, longest + across, across, np.zeros(2)]
        marks.append(polyline(panel, frame, INK, 1))
    if "shadow" in show:
        marks += [line(panel, (0, 0), shadow, GREEN, 7), line(panel, shadow, a, RED, 2)]
    if "stick" in show:
        marks.append(line(panel, t * b, a, GOLD, 2))
    return marks


def poster(
    name: str, a: Sequence[float], b: Sequence[float], t: float, show: Sequence[str]
) -> str:
    """Return the plane with both arrows and what is shown of their dot product."""
    first, second = np.array(a), np.array(b)
    panel = Panel(WIDE, RANGE)
    marks = [
        line(panel, (WIDE[0], 0), (WIDE[1], 0), MUTED, 0.75),
        line(panel, (0, RANGE[0]), (0, RANGE[1]), MUTED, 0.75),
        *between(panel, first, second, t, show),
        arrow(panel, second, ORANGE),
        arrow(panel, first, BLUE),
        text(panel, second, "b", ORANGE),
        text(panel, first, "a", BLUE),
    ]
    told = f"The arrows a = ({a[0]:g}, {a[1]:g}) and b = ({b[0]:g}, {b[1]:g})"
    if "area" in show:
        told += f"; their dot product is {first @ second:.4g}"
    names = ["first entry", "second entry"]
    drawn = panel.picture(f"{name}-poster", "Two arrows", told, marks, names, LIMIT)
    return f'<div style="display:flex">{drawn}</div>'
