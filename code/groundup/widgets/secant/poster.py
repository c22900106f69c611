"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from html import escape

import numpy as np

from ..kit.drawing import Panel, line, polyline, segments, side_by_side, text
from .functions import FUNCTIONS, RULES, SMALLEST, errors, quotients, tangent

INK, GREEN = "--gu-ink, #1c1f23", "--gu-green, #0a7556"
ORANGE, BLUE = "--gu-orange, #ad4a08", "--gu-blue, #0b62a8"
PURPLE = "--gu-purple, #7d3fa6"
FLOOR, CEILING = -17.0, 1.3  # powers of ten of the errors that are shown


def curve_panel(id_: str, name: str, rule: str, x: float, h: float) -> str:
    """Return the curve with its tangent at x and the secant of the step h."""
    _, f, _, (low, high), ys = FUNCTIONS[name]
    panel = Panel((low, high), ys)
    slope, exact = quotients(name, x, h)[RULES.index(rule)], tangent(name, x)
    ends = [x - h if rule == "central" else x, x + h]
    points = [(t, float(f(t))) for t in ends]

    def straight(m: float, at: tuple[float, float], color: str) -> str:
        left, right = ((t, at[1] + m * (t - at[0])) for t in (low, high))
        return line(panel, left, right, color, 2)

    marks = [
        polyline(panel, [(t, f(t)) for t in np.linspace(low, high, 201)], INK, 2.5)
    ]
    told = f"The secant with h = {h:.3g} has the slope {slope:.4g}"
    if exact is not None:
        marks.append(straight(exact, (x, float(f(x))), GREEN))
        told += f", the tangent at x = {x:.3g} the slope {exact:.4g}"
    marks.append(straight(slope, points[1], ORANGE))
    marks.append(segments(panel, [(p, p) for p in points], ORANGE, 9))
    return panel.picture(id_, "The curve", told, marks, ["x", "f(x)"])


def error_panel(id_: str, name: str, rule: str, x: float, h: float) -> str:
    """Return the error of both differences against h, in powers of ten."""
    panel = Panel((SMALLEST, 0.5), (FLOOR, CEILING))
    powers = np.arange(10 * SMALLEST, 1) / 10
    found = [errors(name, x, 10.0**p) for p in powers]
    marks = [line(panel, (np.log10(h), FLOOR), (np.log10(h), CEILING), ORANGE, 1)]
    for k, (each, color) in enumerate(zip(RULES, (BLUE, PURPLE), strict=True)):
        if not found[0]:
            continue
        heights = np.log10(np.maximum([pair[k] for pair in found], 10.0**FLOOR))
        points = list(zip(powers, heights, strict=True))
        marks.append(polyline(panel, points, color, 2 if each == rule else 1))
        # Below its own curve, where neither runs.
        marks.append(text(panel, points[-31 if k else -61], each, color))
    told = f"The error of both differences at x = {x:.3g}, for h from 1 to 10⁻¹⁶"
    names = ["power of ten of h", "power of ten of the error"]
    return panel.picture(id_, "The error for every h", told, marks, names)


def poster(
    id_: str, name: str, rule: str, x: float, h: float, with_errors: bool
) -> str:
    """Return both pictures side by side, below each other where there is no room."""
    id_ = escape(f"{id_}-poster", quote=True)
    panels = [curve_panel(f"{id_}-curve", name, rule, x, h)]
    if with_errors:
        panels.append(error_panel(f"{id_}-errors", name, rule, x, h))
    return side_by_side(panels)
