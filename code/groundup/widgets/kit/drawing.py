"""Posters: marks of a still plot in SVG, in data coordinates, in the page's colors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 420.0, 310.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 420.0, 48.0, 266.0
Point = Sequence[float] | NDArray[np.floating]
MUTED = "--gu-muted, #5b6068"
FONT = "font:13px var(--gu-sans, system-ui, sans-serif)"


class Panel:
    """One plot: the ranges of its axes, and the picture around its marks."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.x, self.y = x, y

    def at(self, point: Point) -> tuple[float, float]:
        """Return the pixels of a point, kept within what SVG can hold."""
        (x0, x1), (y0, y1) = self.x, self.y
        across = LEFT + (point[0] - x0) / (x1 - x0) * (RIGHT - LEFT)
        down = BOTTOM - (point[1] - y0) / (y1 - y0) * (BOTTOM - TOP)
        return float(np.clip(across, -1e4, 1e4)), float(np.clip(down, -1e4, 1e4))

    def ticks(self) -> list[str]:
        """Return about four numbers along each axis."""
        found = []
        for value in ticks(*self.x):
            x, _ = self.at((value, self.y[0]))
            found.append(label(x, BOTTOM + 17, f"{value:,g}", "middle"))
        for value in ticks(*self.y):
            _, y = self.at((self.x[0], value))
            found.append(label(LEFT - 6, y + 4, f"{value:,g}", "end"))
        return found

    def picture(
        self,
        id_: str,
        title: str,
        told: str,
        marks: Iterable[str],
        names: list[str],
        limit: int = 0,
    ) -> str:
        """Return the whole SVG with its title and description for those who listen.

        `limit` is how many pixels it may be high, 0 where its width alone decides; a
        page in which the explorable takes its place can set another one.
        """
        highest = f";max-height:var(--gu-still, {limit}px)" if limit else ""
        size = f'x="{LEFT}" y="{TOP}" width="{RIGHT - LEFT}" height="{BOTTOM - TOP}"'
        window = f"{LEFT} {TOP} {RIGHT - LEFT} {BOTTOM - TOP}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
            f' role="img" aria-labelledby="{id_}-title {id_}-told"'
            f' style="flex:1 1 300px;min-width:0;{FONT}{highest}">'
            f'<title id="{id_}-title">{escape(title)}</title>'
            f'<desc id="{id_}-told">{escape(told)}</desc>'
            f'<rect {size} fill="var(--gu-surface, #f5f2ea)"/>'
            f'<svg {size} viewBox="{window}">{"".join(marks)}</svg>'
            f"{''.join(self.ticks())}"
            f'<text x="0" y="15" font-weight="600" fill="var(--gu-ink, #1c1f23)">'
            f"{escape(title)}</text>"
            f"{label(0, TOP - 9, names[1], 'start')}"
            f"{label(RIGHT, BOTTOM + 36, names[0], 'end')}</svg>"
        )


def ticks(low: float, high: float) -> list[float]:
    """Return the multiples of 1, 2 or 5 times a power of ten within an axis."""
    power = 10.0 ** np.floor(np.log10((high - low) / 4))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= (high - low) / 4)
    first, last = np.ceil(low / step), np.floor(high / step)
    return [round(k * step, 10) + 0.0 for k in np.arange(first, last + 1)]


def label(x: float, y: float, words: str, anchor: str) -> str:
    """Return a text of an axis, at pixels."""
    words = escape(words.replace("-", "−") if words[:1] == "-" else words)
    where = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {where} fill="var({MUTED})">{words}</text>'


def line(panel: Panel, start: Point, end: Point, color: str, width: float) -> str:
    """Return a straight line between two points."""
    (x1, y1), (x2, y2) = panel.at(start), panel.at(end)
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="var({color})" stroke-width="{width}"/>'


def segments(
    panel: Panel, ends: Iterable[tuple[Point, Point]], color: str, width: float
) -> str:
    """Return many lines as one element; a line of no length is a dot."""
    drawn = (panel.at(start) + panel.at(end) for start, end in ends)
    path = "".join("M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*four) for four in drawn)
    stroke = f'stroke="var({color})" stroke-width="{width}" stroke-linecap="round"'
    return f'<path d="{path}" fill="none" {stroke}/>'


def polyline(panel: Panel, points: Iterable[Point], color: str, width: float) -> str:
    """Return a line through all points."""
    drawn = " ".join("{:.1f},{:.1f}".format(*panel.at(point)) for point in points)
    stroke = f'stroke="var({color})" stroke-width="{width}"'
    return f'<polyline points="{drawn}" fill="none" {stroke}/>'


def ellipse(
    panel: Panel,
    center: Point,
    half_axes: Iterable[Point],
    color: str,
    width: float,
    fill: str | None = None,
) -> str:
    """Return an ellipse by its half axes, its inside lit where `fill` is given.

    It is a circle of radius 1 seen through a matrix, as the explorable draws it.
    """
    x, y = panel.at(center)
    ends = (panel.at(np.add(center, axis)) for axis in half_axes)
    columns = [f"{v:.1f}" for end in ends for v in np.subtract(end, (x, y))]
    matrix = " ".join([*columns, f"{x:.1f}", f"{y:.1f}"])
    inside = f'"var({fill})" fill-opacity="0.22"' if fill else '"none"'
    stroke = f'stroke="var({color})" stroke-width="{width}"'
    return (
        f'<circle r="1" transform="matrix({matrix})" fill={inside} {stroke}'
        ' vector-effect="non-scaling-stroke"/>'
    )


def circle(
    panel: Panel, center: Point, radius: float, color: str, hollow: bool = False
) -> str:
    """Return a dot, or a ring."""
    x, y = panel.at(center)
    inside = "--gu-surface, #f5f2ea" if hollow else color
    edge = f' stroke="var({color})" stroke-width="2"' if hollow else ""
    where = f'cx="{x:.1f}" cy="{y:.1f}" r="{radius}"'
    return f'<circle {where} fill="var({inside})"{edge}/>'


def text(panel: Panel, point: Point, words: str, color: str) -> str:
    """Return words to the right of a point."""
    x, y = panel.at(point)
    where = f'x="{x + 12:.1f}" y="{y + 4:.1f}"'
    return f'<text {where} fill="var({color})">{escape(words)}</text>'


def side_by_side(pictures: Iterable[str]) -> str:
    """Return pictures in a row, below each other where there is no room."""
    style = "display:flex;flex-wrap:wrap;gap:1.25rem 28px"
    return f'<div style="{style}">{"".join(pictures)}</div>'
