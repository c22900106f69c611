"""The book's Sphinx extension: everything a page shows beside its text."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

THEME = Path(__file__).parent / "theme"
MODULES = (
    "sources",
    "source_pages",
    "math",
    "heights",
    "execution",
    "ahead",
    "absent",
    "outputs",
    "folds",
    "card_box",
    "page",
    "formulas",
    "part_pages",
    "derivations",
    "exercise_pages",
    "asking",
    "question",
    "guess",
    "guess_order",
    "progress",
    "terms",
    "glossary",
    "refresher",
    "deeper",
    "concepts",
    "first_page",
    "benchmarks",
    "status",
    "downloads",
    "assets",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, the directives and the events of the book."""
    # Jupyter Book always sets this one, for an extension that the book leaves out.
    app.add_config_value("comments_config", {}, "env")
    app.add_html_theme("groundup", str(THEME))
    for name in MODULES:
        app.setup_extension(f"{__name__}.{name}")
    return {
        "env_version": own_version(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def own_version() -> int:
    """Return a number of this code: when it changes, pages are read anew."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return zlib.crc32(b"".join(path.read_bytes() for path in sources))
