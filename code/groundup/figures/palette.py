"""The palette of the book's figures, and how matplotlib draws with it."""

from __future__ import annotations

from typing import Any

import matplotlib

# Meanings, everywhere: ink and muted the data, blue the model, red the residual or
# error, green the optimum, orange the path or current step, purple a projection.
PALETTE = {
    "paper": "#fdfcf9",
    "surface": "#f5f2ea",
    "ink": "#1c1f23",
    "muted": "#5b6068",
    "line": "#d9d4c7",
    "blue": "#0b62a8",
    "orange": "#ad4a08",
    "green": "#0a7556",
    "purple": "#7d3fa6",
    "red": "#b3261e",
    "gold": "#8a6100",
}
CSS = {value: f"var(--gu-{name}, {value})" for name, value in PALETTE.items()}
CSS["halo"] = CSS[PALETTE["paper"]]
FONT = "var(--gu-sans, system-ui, sans-serif)"
SIZE = 14  # of all text, in units of the view box

STYLE: Any = {  # matplotlib's stubs want its own type of key
    "font.size": SIZE,
    "axes.titlesize": SIZE,
    "axes.titlelocation": "left",
    "axes.labelsize": SIZE,
    "axes.labelcolor": PALETTE["muted"],
    "axes.edgecolor": PALETTE["line"],
    "axes.linewidth": 1.2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "xtick.color": PALETTE["line"],
    "ytick.color": PALETTE["line"],
    "xtick.labelcolor": PALETTE["muted"],
    "ytick.labelcolor": PALETTE["muted"],
    "text.color": PALETTE["ink"],
    "lines.linewidth": 2.2,
    "lines.solid_capstyle": "round",
    "patch.linewidth": 1.2,
    "path.simplify": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "groundup",
    "figure.dpi": 72,
    "savefig.dpi": 72,
}


def use_style() -> None:
    """Make the book's style matplotlib's default for the rest of the notebook."""
    matplotlib.rcParams.update(STYLE)
