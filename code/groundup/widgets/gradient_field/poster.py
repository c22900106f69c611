"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from html import escape

import numpy as np
from matplotlib.figure import Figure

from ..kit.drawing import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    Panel,
    circle,
    line,
    polyline,
    side_by_side,
)
from .functions import FUNCTIONS, REACH, gradient, slope, value

INK, MUTED = "--gu-ink, #1c1f23", "--gu-muted, #5b6068"
ORANGE, GREEN = "--gu-orange, #ad4a08", "--gu-green, #0a7556"
PURPLE = "--gu-purple, #7d3fa6"
Point = tuple[float, float]


def share(panel: Panel, start: Point, step: np.ndarray) -> float:
    """Return how much of a step, up to all of it, stays within the panel."""
    ends = np.where(step > 0, [panel.x[1], panel.y[1]], [panel.x[0], panel.y[0]])
    rooms = [room / by for room, by in zip(ends - start, step, strict=True) if by]
    return float(min([1.0, *rooms]))


def arrow(panel: Panel, start: Point, step: np.ndarray, color: str) -> list[str]:
    """Return an arrow that ends within the panel: a line and two sides of its head."""
    dx, dy = share(panel, start, step) * step
    end = np.add(start, (dx, dy))
    across = 0.1 * np.array([-dy, dx])
    back = end - 0.2 * np.array([dx, dy])
    ends = [start, back + across, back - across]
    return [line(panel, each, end, color, 2.5) for each in ends]


def map_panel(id_: str, name: str, point: Point, degrees: float | None) -> str:
    """Return contours with the point, its gradient, and the way down."""
    wide = REACH * (RIGHT - LEFT) / (BOTTOM - TOP)  # one scale for both axes
    panel = Panel((-wide, wide), (-REACH, REACH))
    x, y = np.linspace(-wide, wide, 61), np.linspace(-REACH, REACH, 61)
    values, levels = value(name, *np.meshgrid(x, y)), FUNCTIONS[name].levels
    contours = Figure().subplots().contour(x, y, values, levels=levels).allsegs
    pieces = [piece for level in contours for piece in level]
    marks = [polyline(panel, piece, MUTED, 0.6) for piece in pieces]
    g = gradient(name, point)
    length = np.clip(np.linalg.norm(g) / 3, 0.25, 1.4)
    up = length * g / (np.linalg.norm(g) or 1.0)
    up *= max(0.25 / length, min(share(panel, point, way) for way in (up, -up)))
    if degrees is not None:
        angle = np.deg2rad(degrees)
        marks += arrow(panel, point, np.array([np.cos(angle), np.sin(angle)]), PURPLE)
    marks += arrow(panel, point, up, ORANGE)
    marks += arrow(panel, point, -up, GREEN)
    marks.append(circle(panel, point, 6, INK))
    told = f"At ({point[0]:g}, {point[1]:g}) the gradient is ({g[0]:.3g}, {g[1]:.3g})"
    return panel.picture(id_, "Seen from above", told, marks, ["x", "y"])


def slope_panel(id_: str, name: str, point: Point, degrees: float) -> str:
    """Return the slope in every direction, and in the chosen one."""
    g = gradient(name, point)
    most = 1.2 * (float(np.linalg.norm(g)) or 1.0)
    panel = Panel((0, 360), (-most, most))
    angles = np.linspace(0, 360, 121)
    curve = [(a, g @ [np.cos(np.deg2rad(a)), np.sin(np.deg2rad(a))]) for a in angles]
    now = slope(name, point, degrees)
    marks = [
        line(panel, (0, 0), (360, 0), MUTED, 1),
        polyline(panel, curve, INK, 2),
        circle(panel, (degrees, now), 6, PURPLE),
    ]
    told = f"In the direction of {degrees:.0f} degrees the slope is {now:.3g}"
    names = ["degrees from the x-axis", "slope"]
    return panel.picture(id_, "Slope by direction", told, marks, names)


def poster(
    id_: str, name: str, point: Point, degrees: float, turns: bool, with_slopes: bool
) -> str:
    """Return both pictures side by side, below each other where there is no room."""
    id_ = escape(f"{id_}-poster", quote=True)
    panels = [map_panel(f"{id_}-map", name, point, degrees if turns else None)]
    if with_slopes:
        panels.append(slope_panel(f"{id_}-slopes", name, point, degrees))
    return side_by_side(panels)
