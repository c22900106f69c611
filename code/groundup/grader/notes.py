"""What is said beside a score and not graded: changed lines, a measurement."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from .exercise import Exercise
from .exercise_kinds import ExerciseKind

MOST_LINES = 1000  # of a file whose changed lines are counted


def note(
    exercise: Exercise, found: Mapping[str, dict[str, Any]], file: Path | None
) -> str:
    """Return the note on an answer, nothing where its kind has none."""
    match exercise.kind:
        case ExerciseKind.BUG if file:
            return about_lines(exercise, file.read_text("utf-8", "replace"))
        case ExerciseKind.PREDICT:
            return about_measurement(exercise, found)
        case ExerciseKind.TEST:
            return about_candidates(exercise, found)
    return ""


def about_lines(exercise: Exercise, source: str) -> str:
    """Return how many lines of a broken file were changed, and how many have to be."""
    mine, ours = (changed(exercise.starter, s) for s in (source, exercise.solution))
    lines = "1 line" if mine == 1 else f"{mine} lines"
    return f"Changed: {lines} of the file. The shortest repair known changes {ours}."


def changed(before: str, after: str) -> int:
    """Return how many lines differ between two files; empty ones do not count."""
    one, other = (
        [line.rstrip() for line in text.splitlines()[:MOST_LINES] if line.strip()]
        for text in (before, after)
    )
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in steps if kind != "equal")


def about_measurement(exercise: Exercise, found: Mapping[str, dict[str, Any]]) -> str:
    """Return what was measured, where it was."""
    assert exercise.prediction
    verdict = found.get(exercise.prediction.measured_by, {})
    if "measured" not in verdict:
        return ""
    return f"Measured: {verdict['measured']:.6g} {exercise.prediction.unit}".rstrip()


def about_candidates(exercise: Exercise, found: Mapping[str, dict[str, Any]]) -> str:
    """Return how many of the wrong candidates were told from the right one."""
    wrong = [c.name for c in exercise.candidates[1:]]
    caught = sum(found.get(f"test_{name}", {}).get("passed", False) for name in wrong)
    return f"Caught: {caught} of {len(wrong)} wrong ones."
