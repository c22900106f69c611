"""Predictions that a learner has made before measuring: kept, one for each exercise."""

from __future__ import annotations

import json
from pathlib import Path

from . import numbers
from .exercise import Exercise
from .learner import LearnerError, shown, write

FILE = "predictions.json"


def kept(folder: Path) -> dict[str, str]:
    """Return the predictions of a learner's folder, as they were written.

    Raises LearnerError where the file cannot be read.
    """
    file = folder / FILE
    if not file.is_file():
        return {}
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(id_): str(text) for id_, text in found.items()}
    except (ValueError, AttributeError, RecursionError):
        raise LearnerError(
            f"{shown(file)} holds no predictions; move it away to start anew"
        ) from None


def keep(exercise: Exercise, folder: Path, text: str) -> None:
    """Keep a first prediction.

    Raises LearnerError for an exercise without one, and where there is one already;
    ValueError for what is no number.
    """
    if not exercise.prediction:
        raise LearnerError(f"in {exercise.id} there is nothing to predict")
    found = kept(folder)
    if before := found.get(exercise.name):
        raise LearnerError(f"you have predicted {before}, and that stays")
    numbers.read(text, exercise.prediction.unit)
    folder.mkdir(parents=True, exist_ok=True)
    found[exercise.name] = text
    write(folder / FILE, json.dumps(found, indent=2) + "\n")


def missing(exercise: Exercise, folder: Path) -> str:
    """Return how to predict, where that has to be done before measuring."""
    if not exercise.prediction or exercise.name in kept(folder):
        return ""
    return f"{exercise.prediction.asks} Predict first: groundup predict {exercise.id} …"


def beside(exercise: Exercise, folder: Path, note: str) -> str:
    """Return the note on an answer with the prediction before it, if there is one."""
    if not exercise.prediction or not note:
        return note
    text = kept(folder).get(exercise.name)
    unit = exercise.prediction.unit
    if not text:
        return note
    return (
        f"Predicted: {text.removesuffix(unit).rstrip()} {unit}".rstrip() + f". {note}"
    )
