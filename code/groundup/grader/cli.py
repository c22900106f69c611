"""The command `groundup`: what a learner types."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .. import __version__
from . import cli_answers, cli_class, cli_progress, predictions
from .exercise import Exercise, load_all
from .exercise_kinds import ExerciseKind
from .grading import GraderError, grade
from .known import known_as
from .learner import LearnerError, Work, exercises_folder, find, shown, work_folder
from .own_answer import answer_file
from .printing import begins, printers
from .terminal import say, take_any_text
from .walls import LEVELS

PASSED, NOT_PASSED, NOT_GRADED = 0, 1, 2

app = typer.Typer(
    help="Exercises of the book Ground Up.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def version(asked: bool) -> None:
    """Print the version, where that is all that was asked for."""
    if asked:
        say(f"groundup {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=version, is_eager=True, help="And no more."),
    ] = False,
) -> None:
    """Exercises of the book Ground Up."""


Id = Annotated[str, typer.Argument(help="The exercise, as `groundup list` names it.")]


def opened(id_: str) -> tuple[Exercise, Work]:
    """Return an exercise and the learner's work."""
    root = exercises_folder()
    return find(id_, root), Work.open(work_folder(), root)


@app.command("list")
def list_() -> None:
    """Show all exercises, chapter by chapter, with what is done."""
    root, before = exercises_folder(), ""
    work = Work.open(work_folder(), root)
    for exercise in load_all(root):
        chapter = f"{exercise.part}/{exercise.topic}"
        if chapter != before:
            say(chapter)
        before = chapter
        entry = work.entry(exercise)
        mark = "✓" if entry.passed else "·" if entry.tries else " "
        say(
            f"  {mark} {exercise.id:20} {entry.best:2} of {exercise.points:2} points"
            f"   {exercise.minutes:3} min   {exercise.kind:21}   {exercise.title}"
        )


@app.command()
def start(id_: Id) -> None:
    """Copy the starter to the folder work, where you fill it in."""
    exercise, work = opened(id_)
    file = shown(work.file(exercise))
    if work.start(exercise):
        say(f"Write your answer into {file}, then: groundup check {exercise.id}")
        for line in begins(exercise, work):
            say(line)
    else:
        say(f"{file} is there already and stays as it is.")
        say(f"To begin again: groundup reset {exercise.id}")


@app.command()
def check(
    id_: Id,
    file: Annotated[
        Path | None, typer.Option(help="Your file or notebook; else found in work.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the verdict as JSON.")
    ] = False,
    seed: Annotated[
        int | None, typer.Option(help="Draw the inputs of this seed again.")
    ] = None,
    min_sandbox: Annotated[
        str,
        typer.Option(help=f"Grade behind these walls at least: {', '.join(LEVELS)}."),
    ] = LEVELS[0],
    max_sandbox: Annotated[
        str, typer.Option(hidden=True, help="Build no higher walls (to try them out).")
    ] = LEVELS[-1],
) -> None:
    """Grade your answer: 0 all tests passed, 1 not, 2 the grader could not work."""
    exercise, work = opened(id_)
    if not {min_sandbox, max_sandbox} <= set(LEVELS):
        raise LearnerError(f"--min-sandbox is one of {', '.join(LEVELS)}")
    if file is None and (first := predictions.missing(exercise, work.folder)):
        raise LearnerError(first)
    with answer_file(exercise, work.folder, file) as (path, note):
        graded = partial(
            grade, exercise, path, seed=seed, weakest=min_sandbox, strongest=max_sandbox
        )
        if as_json:
            report = graded()
            say(json.dumps(report.json()))
        else:
            tell, show = printers(work)
            if note:
                say(f"{note}\n")
            report = graded(tell=tell)
            show(exercise, report)
    if file is None:
        work.record(exercise, report.score)
    raise typer.Exit(PASSED if report.passed else NOT_PASSED)


@app.command()
def watch(
    id_: Annotated[
        str | None, typer.Argument(help="Where to begin; else the first not passed.")
    ] = None,
) -> None:
    """Grade at every save, and go on to the next exercise. Ctrl-C ends it."""
    from .watching import follow

    root = exercises_folder()
    exercises, work = load_all(root), Work.open(work_folder(), root)
    first = find(id_, root) if id_ else None
    tell, show = printers(work)

    def begin(exercise: Exercise) -> None:
        where = shown(work.file(exercise))
        say(f"\n{exercise.title} ({exercise.id}): {where}\n")
        for line in begins(exercise, work):
            say(f"{line}\n")

    try:
        follow(exercises, work, first, begin, tell, show)
    except KeyboardInterrupt:
        return
    say("\nEvery exercise has passed.")


@app.command()
def hint(id_: Id) -> None:
    """Show the next of three hints."""
    exercise, work = opened(id_)
    kind, text = work.hint(exercise)
    say(f"Hint {work.entry(exercise).hints} of 3, {kind}:\n\n{text}")


@app.command()
def solution(id_: Id) -> None:
    """Show the solution, after you have passed or have seen the three hints."""
    exercise, work = opened(id_)
    if not work.may_see_solution(exercise):
        left = len(exercise.hints) - work.entry(exercise).hints
        raise LearnerError(
            f"the solution opens when you have passed, or after the hints: {left} left,"
            f" groundup hint {exercise.id}"
        )
    say(exercise.solution)


@app.command()
def reset(id_: Id) -> None:
    """Put the starter back; your file is kept under another name."""
    exercise, work = opened(id_)
    kept = work.reset(exercise)
    if kept:
        say(f"Your file is kept as {shown(kept)}.")
    say(f"{shown(work.file(exercise))} is the starter again.")


class ByKind(TyperGroup):
    """`groundup new KIND …`; where no kind is named it is an exercise."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the kind before the arguments of an exercise."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["exercise", *args]
        return super().parse_args(ctx, args)


new = typer.Typer(cls=ByKind, no_args_is_help=True)
app.add_typer(new, name="new", help="Begin an exercise, or an explorable, of a book.")


@new.command()
def explorable(
    name: Annotated[str, typer.Argument(help="Its name, also that of its folder.")],
) -> None:
    """Write the folder of a new explorable and its test, whole and to be changed."""
    from ..new.explorable import create

    folder = create(exercises_folder().parent, name)
    say(f"{shown(folder)} is there. Try it: pytest tests/widgets -k {name}")


@new.command()
def exercise(
    id_: Annotated[str, typer.Argument(help="Its name, also that of its function.")],
    chapter: Annotated[str, typer.Option(help="Its chapter, as part/topic.")],
    kind: Annotated[
        ExerciseKind, typer.Option(help="What the learner hands in.")
    ] = ExerciseKind.FUNCTION,
) -> None:
    """Write the files of a new exercise, to be filled in and proved."""
    from .authoring import create

    folder = create(exercises_folder(), chapter, id_, kind)
    say(f"{shown(folder)} is there. Prove it: groundup verify {known_as(folder)}")


@app.command()
def verify(id_: Id) -> None:
    """Prove an exercise: its solution, starter, wrong answers and mutants."""
    from .proofs import verify as proofs

    found = 0
    for what, problems in proofs(find(id_, exercises_folder())):
        say(f"{'✗' if problems else '✓'} {what}")
        for problem in problems:
            say("    " + problem.replace("\n", "\n    "))
        found += len(problems)
    raise typer.Exit(NOT_PASSED if found else PASSED)


cli_answers.register(app)
cli_progress.register(app)
cli_class.register(app)


def main() -> None:
    """Run the command; what cannot be done is said in a sentence, not a traceback."""
    take_any_text()
    try:
        app()
    except (LearnerError, GraderError, ValueError, OSError) as error:
        say(f"groundup: {error}", err=True)
        sys.exit(NOT_GRADED)
