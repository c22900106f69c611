"""Progress as a file: one format for the command and for the book's progress page.

The page keeps what was read, guessed, answered and solved, each by name. The
command adds what it knows of tries, hints and points.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .exercise import Exercise
from .learner import Entry, LearnerError, Work
from .migration import with_topics

VERSION = 1
KINDS = ("read", "questions", "exercises", "guesses")  # what the page keeps
GRADED = "graded"  # what the command adds
NUMBERS, TIMES = ("hints", "tries", "best"), ("passed",)


def exported(work: Work) -> dict[str, Any]:
    """Return the progress as the page reads it, and all that is known beside it."""
    entries = work.data()["exercises"]
    solved = {id_: e["passed"] for id_, e in entries.items() if e["passed"]}
    empty: dict[str, Any] = dict.fromkeys(KINDS, {})
    return {"version": VERSION, **empty, "exercises": solved, GRADED: entries}


def read(file: Path) -> dict[str, Any]:
    """Return the content of a file; raises LearnerError for what is no progress."""
    if not file.is_file():
        raise LearnerError(f"there is no file {file}")
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError):
        raise LearnerError(f"{file} is no JSON, as `groundup export` writes") from None
    if wrong := problem(data):
        raise LearnerError(f"{file} holds no progress: {wrong}")
    return dict(data)


def problem(data: Any) -> str:
    """Return what is wrong with a saved progress, nothing if it is one."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return f'expected "version": {VERSION}'
    for kind in (*KINDS, GRADED):
        if not isinstance(data.get(kind, {}), dict):
            return f'"{kind}" is not a list of names with values'
    for id_, entry in data.get(GRADED, {}).items():
        if not is_entry(entry):
            return f'"{GRADED}" says of {id_!r} what nobody can read'
    if not all(isinstance(time, str) for time in data.get("exercises", {}).values()):
        return '"exercises" has to say when each was solved'
    return ""


def is_entry(entry: Any) -> bool:
    """Tell whether this is what is remembered of an exercise."""
    if not isinstance(entry, dict) or set(entry) != {*NUMBERS, *TIMES}:
        return False
    counts = all(type(entry[n]) is int and entry[n] >= 0 for n in NUMBERS)
    return counts and all(isinstance(entry[name], str) for name in TIMES)


def add(work: Work, data: Mapping[str, Any], exercises: Iterable[Exercise]) -> int:
    """Add what a file says to what is known; returns of how many exercises it was.

    Of two numbers the larger counts, of two dates the earlier. What was ticked on the
    page is passed, with all its points. Exercises that this book has not are left out.
    """
    known = {exercise.name: exercise for exercise in exercises}
    names = {name: exercise.id for name, exercise in known.items()}
    told, solved = (
        with_topics(data.get(kind, {}), names) for kind in (GRADED, "exercises")
    )
    graded = {name: Entry(**told[name]) for name in known if name in told}
    for name in (name for name in known if name in solved):
        entry = graded.setdefault(name, Entry())
        if not entry.passed:
            entry.passed, entry.best = solved[name], known[name].points
    for name, other in graded.items():
        mine = work.entry(known[name])
        for number in NUMBERS:
            setattr(mine, number, max(getattr(mine, number), getattr(other, number)))
        mine.best = min(mine.best, known[name].points)
        mine.passed = min(filter(None, (mine.passed, other.passed)), default="")
    return len(graded)
