"""`groundup watch`: grades a file whenever it is saved, then goes on to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from .exercise import Exercise
from .grading import Report, TestResult, grade
from .learner import Work
from .process import prepare

DEBOUNCE, STEP = 100, 20  # milliseconds in which the writes of one save end


def saves(folder: Path) -> Iterator[set[Path]]:
    """Yield the files of a folder that were written, as they are saved."""
    from watchfiles import watch  # late: nobody else waits for it

    for changes in watch(folder, debounce=DEBOUNCE, step=STEP, recursive=True):
        yield {Path(name).resolve() for _, name in changes}


def follow(
    exercises: list[Exercise],
    work: Work,
    first: Exercise | None,
    begin: Callable[[Exercise], None],
    tell: Callable[[TestResult], None],
    show: Callable[[Exercise, Report], None],
    saved: Callable[[Path], Iterator[set[Path]]] = saves,
) -> None:
    """Grade the current exercise now and at every save, and the next when it passes.

    A saved file of another exercise makes that one the current one. Ends when
    everything has passed.
    """
    current = first or unfinished(exercises, work)
    events: Iterator[set[Path]] | None = None
    while current:
        work.start(current)
        begin(current)
        file = work.file(current).resolve()
        graded = file.read_bytes()
        report = grade(current, file, tell=tell)
        work.record(current, report.score)
        show(current, report)
        prepare(current.limits)
        if report.passed:
            current = unfinished(exercises, work)
        elif file.read_bytes() == graded:  # not saved in the meantime
            events = events or saved(work.folder)
            current = chosen(exercises, work, current, events)


def chosen(
    exercises: list[Exercise],
    work: Work,
    current: Exercise,
    events: Iterator[set[Path]],
) -> Exercise | None:
    """Wait until an exercise's file is saved, and return that exercise."""
    for files in events:
        for exercise in [current, *exercises]:
            if work.file(exercise).resolve() in files and work.file(exercise).is_file():
                return exercise
    return None


def unfinished(exercises: list[Exercise], work: Work) -> Exercise | None:
    """Return the first exercise, in the order of the book, that has not passed."""
    return next((e for e in exercises if not work.entry(e).passed), None)
