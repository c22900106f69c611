"""What somebody has found by hand, as a file: read in the sandbox, and written.

The file is an answer like any other, `<id>.py`, so that a class hands in one kind of
file. It runs where every learner's file runs.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np

from .exercise import Exercise
from .process import Worker, prepared
from .submission import Submission
from .verdict import Verdict
from .walls import LEVELS

STUB = "raise NotImplementedError"


def answered(
    exercise: Exercise, file: Path, weakest: str, strongest: str
) -> tuple[Any, str]:
    """Return what a file answers, or the verdict on it, and the sandbox's level."""
    worker = prepared(exercise.limits, weakest, strongest)
    try:
        return asked(exercise, file.resolve(), worker), worker.level or LEVELS[-1]
    finally:
        worker.stop()


def asked(exercise: Exercise, file: Path, worker: Worker) -> Any:
    """Return the answers that a file's function gives; a Verdict where it has none."""
    try:
        given = Submission(file, exercise, worker).call(exercise.id)
    except Verdict as verdict:
        return verdict
    if isinstance(given, np.ndarray):
        given = given.reshape(-1).tolist()
    return tuple(given) if isinstance(given, tuple | list) else (given,)


def written(exercise: Exercise, answers: list[str]) -> str:
    """Return the file of these answers: the starter, filled in."""
    return exercise.starter.replace(STUB, f"return {', '.join(map(repr, answers))}")


def is_ours(exercise: Exercise, text: str) -> bool:
    """Tell whether a file is the starter, or was written from answers."""
    before, _, after = exercise.starter.partition(STUB)
    form = f"{re.escape(before)}({STUB}|return [^\n]*){re.escape(after)}"
    return bool(re.fullmatch(form, text))
