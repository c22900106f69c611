"""The instructor's commands of `groundup`: `grade`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .exercise import load_all
from .learner import LearnerError, exercises_folder, find
from .walls import LEVELS

NOT_GRADED = 2


def register(app: typer.Typer) -> None:
    """Add the instructor's commands to the learner's."""
    app.command()(grade)


def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder: a folder, archive or notebook a student.")
    ],
    out: Annotated[Path, typer.Option(help="Where results go.")] = Path("grades"),
    roster: Annotated[
        Path | None, typer.Option(help="A CSV file with a column `student`.")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Grade this exercise; may be repeated.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Everybody gets the inputs of this.")] = 0,
    jobs: Annotated[int | None, typer.Option(help="So many at a time.")] = None,
    min_sandbox: Annotated[
        str,
        typer.Option(help=f"Grade behind these walls at least: {', '.join(LEVELS)}."),
    ] = "walls",
) -> None:
    """Grade a class: a CSV grade book, and a JSON file a student; resumable."""
    from . import classroom

    if min_sandbox not in LEVELS:
        raise LearnerError(f"--min-sandbox is one of {', '.join(LEVELS)}")
    every = {exercise.id: exercise for exercise in load_all(exercises_folder())}
    exercises = {id_: find(id_, exercises_folder()) for id_ in only or every}
    listed = classroom.read_roster(roster) if roster else []
    handed_in = classroom.read_class(submissions, exercises)
    verdicts = classroom.grade_class(
        handed_in, exercises, out, seed=seed, weakest=min_sandbox, jobs=jobs
    )
    found, trouble = {}, 0
    total = len(handed_in.answers)
    with typer.progressbar(verdicts, length=total, label="Grading") as bar:
        for answer, report in bar:
            found[answer.student, answer.exercise] = report
            trouble += "trouble" in report
    students = handed_in.students(listed)
    classroom.write_results(out, students, exercises, found, handed_in.problems)
    typer.echo(f"{len(students)} students, {total} answers: {out / classroom.BOOK}")
    for student, problem in handed_in.problems.items():
        typer.echo(f"  {student}: {problem}")
    if trouble:
        typer.echo(f"{trouble} answers could not be graded; run it again", err=True)
        raise typer.Exit(NOT_GRADED)
