"""The book's figures: one palette, light SVG that follows the page's colors.

Matplotlib draws with the light colors of the palette; `show` replaces each of them by
the page's CSS variable, so dark mode is the page's business and not the figure's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, NullLocator
from matplotlib.typing import CapStyleType
from numpy.typing import ArrayLike

from .palette import CSS, FONT, PALETTE, SIZE, STYLE
from .svg import LABEL, drawing

SHORT = 0.009, 11_000  # what is written out is 0.01 to 10,000
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def panel(
    width: int = 440,
    height: int = 300,
    *,
    title: str = "",
    xlabel: str = "",
    ylabel: str = "",
) -> tuple[Figure, Axes]:
    """Return a figure of `width` × `height` units with one pair of axes.

    The y label stands above the axis, to be read without turning the head.
    """
    if width <= 0 or height <= 0:
        raise ValueError(f"width and height must be positive, found {width} × {height}")
    with matplotlib.rc_context(STYLE):
        fig = Figure(figsize=(width / 72, height / 72), layout="constrained")
        ax = fig.subplots()
        ax.locator_params(nbins=5)
        ax.set_xlabel(xlabel)
        heading = "\n".join(filter(None, [title, ylabel]))
        ax.set_title(heading, color=PALETTE["muted"], fontweight="normal")
    return fig, ax


def dots(
    ax: Axes,
    x: ArrayLike,
    y: ArrayLike,
    color: str = "muted",
    size: float = 6,
    alpha: float = 1,
) -> None:
    """Draw points as one path of round dots: a tenth of the bytes of a scatter plot.

    `x: (n,)`, `y: (n,)`; `color` is a name of the palette.
    """
    strokes(ax, x, y, y, color, size, alpha, "round")


def bars(
    ax: Axes,
    x: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    color: str = "red",
    width: float = 2,
    alpha: float = 1,
) -> None:
    """Draw vertical bars from `low` to `high`, (n,) each, as one path."""
    strokes(ax, x, low, high, color, width, alpha, "butt")  # round ends would add to it


def strokes(
    ax: Axes,
    x: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    color: str,
    width: float,
    alpha: float,
    ends: CapStyleType,
) -> None:
    """Draw vertical strokes with such ends as one path."""
    x, low, high = np.broadcast_arrays(*map(np.atleast_1d, (x, low, high)))
    gap = np.full(x.shape, np.nan)
    ax.plot(
        np.column_stack([x, x, gap]).ravel(),
        np.column_stack([low, high, gap]).ravel(),
        color=PALETTE[color],
        linewidth=width,
        solid_capstyle=ends,
        alpha=alpha,
    )


def log_scale(ax: Axes, axes: str = "xy") -> None:
    """Make the axes named in `axes` logarithmic, their powers of ten as plain text."""
    for name in axes:
        ax.set(**{f"{name}scale": "log"})
        axis = getattr(ax, f"{name}axis")
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(PowersOfTen())


class PowersOfTen(Formatter):
    """Ticks of a logarithmic axis: all written out, or all as powers of ten."""

    def __call__(self, value: float, pos: int | None = None) -> str:
        """Return the text of one tick."""
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts of all ticks; those that are out of sight do not count."""
        low, high = sorted(self.axis.get_view_interval()) if self.axis else (0, np.inf)
        return powers_of_ten(values, [v for v in values if low <= v <= high])


def powers_of_ten(values: Sequence[float], seen: Sequence[float]) -> list[str]:
    """Return powers of ten as texts: 0.1, 1, 10, 1,000 where all that are seen fit."""
    exponents = [round(math.log10(value)) for value in values]
    if all(SHORT[0] <= value <= SHORT[1] for value in seen):
        return [f"{10.0**e:,g}" for e in exponents]
    return ["10" + str(e).translate(SUPERSCRIPT) for e in exponents]


def label(
    ax: Axes, x: float, y: float, text: str, color: str = "ink", **kwargs: Any
) -> None:
    """Write a direct label at data coordinates, on a halo of the page's color."""
    kwargs.setdefault("fontsize", SIZE)
    ax.text(x, y, text, color=PALETTE[color], gid=LABEL, **kwargs)


@dataclass(frozen=True)
class Shown:
    """A figure as the page gets it: HTML with inline SVG."""

    name: str
    html: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return f"figure {self.name}"


def show(
    figures: Figure | Sequence[Figure], *, name: str, alt: str, caption: str
) -> Shown:
    """Return one figure, or panels that stand side by side where there is room.

    `alt` says what is seen, `caption` (HTML) what to notice. Raises ValueError for a
    name that is no HTML id and for an empty alt text or caption.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"name must be lower case words with hyphens, found {name!r}")
    for what, text in (("alt", alt), ("caption", caption)):
        if not text.strip():
            raise ValueError(f"figure {name}: {what} is empty")
    panels = [figures] if isinstance(figures, Figure) else list(figures)
    if not panels:
        raise ValueError(f"figure {name}: no panels")
    with matplotlib.rc_context(STYLE):
        drawings = [
            drawing(fig, f"{name}-{number}", CSS, FONT)
            for number, fig in enumerate(panels, start=1)
        ]
    return Shown(
        name,
        f'<figure class="gu-figure" id="figure-{name}">'
        f'<div class="gu-panels" role="img" aria-label="{escape(alt)}" style="display:'
        f'flex;flex-wrap:wrap;gap:1rem;justify-content:center">{"".join(drawings)}</div>'
        f"<figcaption>{caption}</figcaption></figure>",
    )
