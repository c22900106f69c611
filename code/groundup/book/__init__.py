"""The book's Sphinx extension: everything a page shows beside its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from . import (
    assets,
    concepts,
    downloads,
    execution,
    exercise_pages,
    formulas,
    library,
    page,
    progress,
    question,
    status,
)

THEME = Path(__file__).parent / "theme"


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the theme, the directives and the events of the book."""
    app.add_config_value("groundup_coming", [], "env")
    app.add_html_theme("groundup", str(THEME))
    modules = (
        library,
        execution,
        page,
        formulas,
        exercise_pages,
        question,
        progress,
        concepts,
        status,
        downloads,
        assets,
    )
    for module in modules:
        module.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
