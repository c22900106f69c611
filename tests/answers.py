"""Wrong answers that the exercises keep, as somebody would hand them in."""

from __future__ import annotations

from pathlib import Path

from groundup.grader.exercise import load


def wrong_answer(folder: Path, name: str) -> str:
    """Return the source of an exercise's wrong answer."""
    [source] = [wrong.source for wrong in load(folder).wrong if wrong.name == name]
    return source
