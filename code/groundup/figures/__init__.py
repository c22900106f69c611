"""The book's figures: one palette, light SVG that follows the page's colors.

Matplotlib draws with the light colors of the palette; `show` replaces each of them by
the page's CSS variable, so dark mode is the page's business and not the figure's.
"""

from .palette import CSS, PALETTE, SIZE, use_style
from .panels import (
    Shown,
    bars,
    dots,
    label,
    log_scale,
    panel,
    powers_of_ten,
    show,
)

__all__ = [
    "CSS",
    "PALETTE",
    "SIZE",
    "Shown",
    "bars",
    "dots",
    "label",
    "log_scale",
    "panel",
    "powers_of_ten",
    "show",
    "use_style",
]
