"""The instructor's commands of `groundup`: `grade` and `gradescope`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from .exercise import Exercise, load, load_all
from .known import known_ids
from .learner import LearnerError, exercises_folder, find
from .platforms import NAMES
from .roster import Roster, read_roster
from .terminal import say
from .walls import LEVELS

NOT_GRADED = 2
T = TypeVar("T")
Only = Annotated[
    list[str] | None, typer.Option(help="This exercise alone; may be repeated.")
]
Hidden = Annotated[
    Path | None,
    typer.Option(help="Your own tests: <id>/test_<id>_hidden.py in this folder."),
]
Walls = Annotated[
    str, typer.Option(help=f"Grade behind these walls at least: {', '.join(LEVELS)}.")
]


def register(app: typer.Typer) -> None:
    """Add the instructor's commands to the learner's."""
    app.command()(grade)
    app.command()(gradescope)


def chosen(
    only: list[str] | None, hidden: Path | None, min_sandbox: str
) -> dict[str, Exercise]:
    """Return the exercises to grade, with their hidden tests.

    Raises LearnerError for walls that nobody builds, for a hidden folder that is of no
    exercise, and for hidden tests that the solution itself does not pass.
    """
    if min_sandbox not in LEVELS:
        raise LearnerError(f"--min-sandbox is one of {', '.join(LEVELS)}")
    if hidden and not hidden.is_dir():
        raise LearnerError(f"there is no folder {hidden}")
    root = exercises_folder()
    every = load_all(root)
    if hidden:
        check_names(hidden, {exercise.id for exercise in every})
    picked = [find(id_, root) for id_ in only] if only else every
    exercises = {e.id: load(e.folder, hidden) for e in picked}
    for exercise in exercises.values():
        check_hidden(exercise)
    return exercises


def check_names(hidden: Path, ids: set[str]) -> None:
    """Raise LearnerError for a folder without hidden tests, or of no exercise.

    Folders are named by ids; one that is `topic/id` lies in a folder of its topic.
    """
    topics = {id_.partition("/")[0] for id_ in ids if "/" in id_}
    folders = [path for path in sorted(hidden.rglob("*")) if path.is_dir()]
    for folder in folders:
        id_ = folder.relative_to(hidden).as_posix()
        file = folder / f"test_{folder.name}_hidden.py"
        if id_ in ids and not file.is_file() and id_ not in topics:
            raise LearnerError(f"expected hidden tests in {file}")
        inside = id_.count("/") and id_.partition("/")[0] not in topics
        private = any(part.startswith((".", "_")) for part in id_.split("/"))
        if not (id_ in ids | topics or inside or private):
            raise LearnerError(f"{folder} has the name of no exercise")


def check_hidden(exercise: Exercise) -> None:
    """Raise LearnerError if the solution fails a hidden test."""
    if exercise.hidden:
        from .grading import grade

        report = grade(exercise, exercise.folder / "solution.py", seed=0)
        if failed := report.first_failure:
            raise LearnerError(
                f"the solution of {exercise.id} fails your test {failed.title!r}"
                f" ({failed.id} in {exercise.hidden})"
            )


def progress(items: Iterable[T], total: int) -> Iterator[T]:
    """Yield items below a bar that says how many are done and how long it takes."""
    from rich import progress as bars

    columns = [bars.TextColumn("Grading"), bars.BarColumn(), bars.MofNCompleteColumn()]
    with bars.Progress(
        *columns, bars.TimeRemainingColumn(), bars.TextColumn("left")
    ) as bar:
        yield from bar.track(items, total=total)


def grade(
    submissions: Annotated[
        Path, typer.Argument(help="A folder: what a platform gave, or an entry each.")
    ],
    out: Annotated[Path, typer.Option(help="Where results go.")] = Path("grades"),
    roster: Annotated[
        Path | None, typer.Option(help="A CSV file, yours or a platform's.")
    ] = None,
    column: Annotated[
        str, typer.Option(help="The roster's column with the students.")
    ] = "",
    platform: Annotated[
        str, typer.Option(help=f"Names are as of {', '.join(NAMES)}; else found out.")
    ] = "",
    pattern: Annotated[
        str,
        typer.Option(help="Names are as of this expression: (?P<student>…)."),
    ] = "",
    only: Only = None,
    hidden: Hidden = None,
    seed: Annotated[
        int | None,
        typer.Option(help="Everybody gets the inputs of this; else drawn once."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(help="So many at a time.")] = None,
    dask: Annotated[
        str | None, typer.Option(help="Grade on the workers of this Dask scheduler.")
    ] = None,
    min_sandbox: Walls = "walls",
) -> None:
    """Grade a class: grade book, report, files for each student; resumable."""
    from . import class_report, classroom, handed_in, results
    from .verdict import plain

    exercises = chosen(only, hidden, min_sandbox)
    listed = read_roster(roster, column) if roster else Roster()
    found_in = handed_in.read_class(
        submissions,
        exercises,
        known_ids(exercises_folder()),
        out,
        roster=listed,
        platform=platform,
        pattern=pattern,
    )
    if listed.note:
        say(listed.note)
    if found_in.platform:
        say(f"Names are read as those of {found_in.platform} (--platform)")
    pool = partial(classroom.remote, dask) if dask else partial(classroom.local, jobs)
    verdicts = classroom.grade_class(
        found_in,
        exercises,
        out,
        seed=classroom.seed_of(out) if seed is None else seed,
        weakest=min_sandbox,
        pool=pool,
    )
    found = {}
    total = len(found_in.answers)
    for answer, report in progress(verdicts, total):
        found[answer.student, answer.exercise] = report
    students = found_in.students(listed.students)
    results.write_results(out, students, exercises, found, found_in.problems)
    page = class_report.write_report(out, students, exercises, found, found_in.problems)
    say(f"{len(students)} students, {total} answers: {out / results.BOOK}, {page}")
    for student, problem in found_in.problems.items():
        say(plain(f"  {student}: {problem}"))
    if found_in.ignored:
        names = ", ".join(found_in.ignored)
        say(f"Left out, as no folder, archive, notebook or Python file: {names}")
    if elsewhere := [e.id for e in exercises.values() if e.elsewhere]:
        say(f"Without their hidden tests (--hidden): {', '.join(elsewhere)}")
    trouble = {k: r["trouble"] for k, r in found.items() if "trouble" in r}
    for (student, id_), said in trouble.items():
        say(plain(f"{student}, {id_}: {said}"), err=True)
    if trouble:
        say(f"{len(trouble)} answers were not graded; run it again", err=True)
        raise typer.Exit(NOT_GRADED)


def gradescope(
    out: Annotated[Path, typer.Option(help="The archive.")] = Path("autograder.zip"),
    only: Only = None,
    hidden: Hidden = None,
    seed: Annotated[
        int | None, typer.Option(help="The inputs of this; else drawn every time.")
    ] = None,
    min_sandbox: Walls = "limits",
) -> None:
    """Make the archive that Gradescope grades with."""
    from . import gradescope as autograder

    exercises = chosen(only, hidden, min_sandbox)
    out.parent.mkdir(parents=True, exist_ok=True)
    autograder.pack(out, exercises, exercises_folder(), seed, min_sandbox)
    points = sum(exercise.points for exercise in exercises.values())
    say(f"{out}: {', '.join(exercises)}; {points} points")
