"""What the command prints of a verdict, and beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from . import predictions
from .exercise import Exercise
from .exercise_kinds import ExerciseKind
from .grading import Report, TestResult
from .learner import Work


def printers(
    work: Work,
) -> tuple[Callable[[TestResult], None], Callable[[Exercise, Report], None]]:
    """Return what prints a first failure at once, and what prints the score."""
    from rich.console import Console  # late: --json does not wait for it

    from . import rendering

    console = Console(file=sys.stdout, highlight=False)  # pytest has its own meanwhile

    def tell(failure: TestResult) -> None:
        rendering.print_failure(console, failure)

    def show(exercise: Exercise, report: Report) -> None:
        after = "" if report.passed else f"Next: {advice(work, exercise)}"
        note = predictions.beside(exercise, work.folder, report.note)
        rendering.print_score(console, report, after, note)

    return tell, show


def advice(work: Work, exercise: Exercise) -> str:
    """Return what a learner may do next."""
    more = work.entry(exercise).hints < len(exercise.hints)
    return f"groundup {'hint' if more else 'solution'} {exercise.id}"


def begins(exercise: Exercise, work: Work) -> list[str]:
    """Return what is special about how an exercise of this kind is done."""
    id_ = exercise.id
    if exercise.kind is ExerciseKind.BY_HAND:
        some = " ".join("…" for _ in exercise.tests)
        return [f"Without a file, too: groundup answer {id_} {some}"]
    if exercise.kind is ExerciseKind.BUG:
        return ["Something in it is wrong. Change as little as you can."]
    missing = predictions.missing(exercise, work.folder)
    return [missing] if missing else []
