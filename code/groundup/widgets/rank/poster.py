"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.fine_tuning import kept, nearest_of_rank

from ..kit.drawing import FONT, MUTED, label

Array = NDArray[np.floating]
BLUE, ORANGE = "--gu-blue, #0b62a8", "--gu-orange, #ad4a08"
GREEN, INK = "--gu-green, #0a7556", "--gu-ink, #1c1f23"
SURFACE = "--gu-surface, #f5f2ea"
SIDE, GAP, TOP = 200.0, 20.0, 26.0
WIDTH = 3 * SIDE + 2 * GAP


def heat(title: str, values: Array, most: float, left: float) -> str:
    """Return a matrix as a map; a negative entry is orange and has a dash."""
    size = SIDE / max(values.shape)
    drawn = [title_at(title, left)]
    for (i, j), value in np.ndenumerate(values):
        x, y, share = left + j * size, TOP + i * size, min(abs(float(value)) / most, 1)
        box = f'x="{x:.1f}" y="{y:.1f}" width="{size - 1:.1f}" height="{size - 1:.1f}"'
        color = ORANGE if value < 0 else BLUE
        drawn.append(f'<rect {box} fill="var({SURFACE})"/>')
        drawn.append(f'<rect {box} fill="var({color})" fill-opacity="{share:.2f}"/>')
        if value < 0 and share > 0.06:
            line = f"M{x + 0.3 * size:.1f} {y + size / 2:.1f}h{0.4 * size:.1f}"
            drawn.append(f'<path d="{line}" stroke="var({INK})"/>')
    return "".join(drawn)


def bars(s: Array, rank: int, left: float) -> str:
    """Return the singular values as bars, those that are kept in green."""
    step = SIDE / len(s)
    drawn = [title_at("Singular values", left)]
    for k, size in enumerate(s):
        tall = max(1.0, (SIDE - 20) * size / s[0])
        color, opacity = (GREEN, 1) if k < rank else (MUTED, 0.35)
        drawn.append(
            f'<rect x="{left + (k + 0.1) * step:.1f}" y="{TOP + SIDE - tall:.1f}"'
            f' width="{0.8 * step:.1f}" height="{tall:.1f}" fill="var({color})"'
            f' fill-opacity="{opacity}"/>'
        )
    return "".join(drawn)


def title_at(title: str, left: float) -> str:
    """Return the name of a part of the picture."""
    return (
        f'<text x="{left}" y="14" font-weight="600" fill="var({INK})">'
        f"{escape(title)}</text>"
    )


def poster(name: str, matrix: dict[str, Any], rank: int) -> str:
    """Return the picture: the update, the nearest matrix of a rank, the spectrum."""
    values, s = np.array(matrix["values"]), np.array(matrix["s"])
    a, b = nearest_of_rank(values, rank)
    most, share = float(np.abs(values).max()), kept(values, rank)
    id_ = escape(f"{name}-poster", quote=True)
    told = (
        f"Rank {rank} of {len(s)} keeps {share:.1%} of the sum of the squares"
        f" with {rank * sum(values.shape)} numbers instead of {values.size}."
    )
    parts = [
        heat("Update", values, most, 0),
        heat(f"Rank {rank}", a @ b, most, SIDE + GAP),
        bars(s, rank, 2 * (SIDE + GAP)),
        label(0, TOP + SIDE + 24, told, "start"),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g}'
        f' {TOP + SIDE + 32:g}" role="img" aria-labelledby="{id_}-title {id_}-told"'
        f' style="max-width:100%;{FONT}">'
        f'<title id="{id_}-title">The nearest matrix of rank {rank}</title>'
        f'<desc id="{id_}-told">{escape(told)}</desc>{"".join(parts)}</svg>'
    )
