"""The commands of `groundup` about progress: `progress`, `export` and `import`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ..bodies import BODIES, lines
from . import progress_file
from .exercise import Exercise, load_all
from .learner import LearnerError, Work, exercises_folder, shown, work_folder
from .terminal import say


def register(app: typer.Typer) -> None:
    """Add the commands to the others."""
    app.command()(progress)
    app.command()(export)
    app.command("import")(import_)


def progress() -> None:
    """Show how many points you have, and which parts of the machines are yours."""
    root = exercises_folder()
    work = Work.open(work_folder(), root)
    chapters: dict[str, list[Exercise]] = {}
    for exercise in load_all(root):
        chapters.setdefault(f"{exercise.part}/{exercise.topic}", []).append(exercise)
    for chapter, exercises in chapters.items():
        entries = [work.entry(exercise) for exercise in exercises]
        points = sum(exercise.points for exercise in exercises)
        say(
            f"{chapter:36} {sum(bool(e.passed) for e in entries)} of {len(entries)}"
            f" exercises, {sum(e.best for e in entries)} of {points} points"
        )
    passed = {name for name, entry in work.entries.items() if entry.passed}
    there = {exercise.name for found in chapters.values() for exercise in found}
    for body in BODIES:
        if all(organ.exercise in there for organ in body.organs):
            say()
            for line in lines(body, passed):
                say(line)


def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; else printed.")] = None,
) -> None:
    """Write your progress as a file, which the book's progress page can load."""
    work = Work.open(work_folder(), exercises_folder())
    text = json.dumps(progress_file.exported(work), indent=2)
    if file is None:
        say(text)
    elif file.exists():
        raise LearnerError(f"{file} exists and stays as it is: choose another name")
    else:
        file.write_text(text + "\n", encoding="utf-8")
        say(f"Your progress is in {file}.")


def import_(
    file: Annotated[Path, typer.Argument(help="As `export` or the page wrote it.")],
) -> None:
    """Add the progress of a file to yours; nothing that you have is taken away."""
    root = exercises_folder()
    work = Work.open(work_folder(), root)
    number = progress_file.add(work, progress_file.read(file), load_all(root))
    work.save()
    say(f"Exercises added from {shown(file.absolute())}: {number}.")
