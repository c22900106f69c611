"""The commands for answers that are no files: `answer` and `predict`."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from . import by_hand, paper, predictions
from .exercise import Exercise
from .exercise_kinds import ExerciseKind
from .grading import report
from .learner import (
    LearnerError,
    Work,
    exercises_folder,
    find,
    shown,
    work_folder,
    write,
)
from .printing import printers
from .terminal import say
from .walls import LEVELS

# Answers such as -3 are no options.
AS_TYPED = {"ignore_unknown_options": True}


def register(app: typer.Typer) -> None:
    """Add the commands to the others."""
    app.command(context_settings=AS_TYPED)(answer)
    app.command(context_settings=AS_TYPED)(predict)


def answer(
    id_: Annotated[str, typer.Argument(help="The exercise, one of the kind by hand.")],
    answers: Annotated[
        list[str] | None, typer.Argument(help="Your numbers, or formulas, in order.")
    ] = None,
) -> None:
    """Answer an exercise by hand: 0 all right, 1 not, 2 it could not be read."""
    exercise, work = find(id_, exercises_folder()), Work.open(work_folder())
    given = answers or []
    if exercise.kind is not ExerciseKind.BY_HAND:
        raise LearnerError(f"{id_} is answered with a file: groundup start {id_}")
    if len(given) != len(exercise.tests):
        raise LearnerError(wanted(exercise, len(given)))
    begun = time.perf_counter()
    seed = time.time_ns() % 10**6
    found = by_hand.verdicts(exercise, given, seed, LEVELS[-1])
    result = report(
        exercise, {v["test"]: v for v in found}, time.perf_counter() - begun
    )
    tell, show = printers(work)
    if failure := result.first_failure:
        tell(failure)
    work.record(exercise, result.score)
    show(exercise, result)
    say(put_down(exercise, work, given))
    raise typer.Exit(0 if result.passed else 1)


def wanted(exercise: Exercise, found: int) -> str:
    """Return what is asked for, in order."""
    fields = ", then ".join(test.title for test in exercise.tests)
    asked = exercise.by_hand
    if asked.symbols:
        form = f"a formula in {', '.join(asked.symbols)}, in quotation marks"
    else:
        form = f"a number {asked.tolerance.stated(asked.unit)}: 0.125, 1/8 or 12.5 %"
    return f"{exercise.id} asks for {fields} (found {found} answers); each is {form}"


def put_down(exercise: Exercise, work: Work, given: list[str]) -> str:
    """Write the answers into the learner's file, if it holds nothing else."""
    file = work.file(exercise)
    before = file.read_text("utf-8", "replace") if file.exists() else exercise.starter
    if not paper.is_ours(exercise, before):
        return f"{shown(file)} has an answer of its own, and stays as it is."
    work.folder.mkdir(parents=True, exist_ok=True)
    write(file, paper.written(exercise, given))
    return f"To be handed in: {shown(file)}"


def predict(
    id_: Annotated[str, typer.Argument(help="The exercise.")],
    number: Annotated[str, typer.Argument(help="What you expect to measure.")],
) -> None:
    """Keep your prediction, before you measure."""
    exercise, work = find(id_, exercises_folder()), Work.open(work_folder())
    predictions.keep(exercise, work.folder, number)
    say(f"Your prediction is kept. Now measure: groundup start {id_}")
