"""A learner's folder: starters copied into it, hints taken, exercises passed.

The learner's own files are never overwritten without being asked for: a reset keeps
the old file beside the new one.
"""

from __future__ import annotations

import difflib
import itertools
import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .exercise import PACKAGED, Exercise, load
from .known import find_folder, known_ids, names_of
from .migration import move_files, with_topics

FOLDER, STATE = "work", "progress.json"
HINTS = ("a nudge", "a plan", "a line")


class LearnerError(ValueError):
    """Something was asked that cannot be done; the message says what can."""


def exercises_folder() -> Path:
    """Return the folder of the exercises: the variable's, a parent's, the package's.

    A package that is installed from a checkout has none but those of the checkout.
    Raises LearnerError where there are none.
    """
    asked = os.environ.get("GROUNDUP_EXERCISES")
    here, checkout = Path.cwd(), PACKAGED.parents[2]
    near = [place / "exercises" for place in (here, *here.parents)]
    places = [*near, PACKAGED, checkout / "exercises"]
    for place in [Path(asked)] if asked else places:
        if has_exercises(place):
            return place
    raise LearnerError(
        f"no exercises in {asked}"
        if asked
        else "no exercises here: go to the book's folder, or set GROUNDUP_EXERCISES"
    )


def work_folder() -> Path:
    """Return the learner's folder, from wherever in it or in the book one types.

    It is the folder `work` that is here, or the nearest above that has been used; else
    that of the book, where this is a folder of it.
    """
    here = Path.cwd()
    if (here / FOLDER).is_dir():
        return here / FOLDER
    for place in (here, *here.parents):
        for folder in (place, place / FOLDER):
            if folder.name == FOLDER and (folder / STATE).is_file():
                return folder
    if here.name == FOLDER:
        return here
    books = [place for place in here.parents if has_exercises(place / "exercises")]
    return (books[0] if books else here) / FOLDER


def has_exercises(folder: Path) -> bool:
    """Tell whether there are exercises in a folder."""
    return next(folder.glob("*/*/*/exercise.md"), None) is not None


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    return str(
        path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    )


def find(id_: str, folder: Path) -> Exercise:
    """Return the exercise with this id, which may be said with topic and part.

    Raises LearnerError naming those like it.
    """
    if found := find_folder(id_, folder):
        return load(found)
    like = difflib.get_close_matches(id_, known_ids(folder))
    meant = f": did you mean {' or '.join(like)}?" if like else ";"
    there = ", ".join(known_ids(folder))
    all_ = "`groundup list` shows all" if like else f"there are {there}"
    raise LearnerError(f"there is no exercise {id_!r}{meant} {all_}")


@dataclass
class Entry:
    """What a learner has done about one exercise."""

    hints: int = 0
    tries: int = 0
    best: int = 0
    passed: str = ""  # when, empty if not yet


@dataclass
class Work:
    """The learner's folder and what is remembered in it, by the exercises' names."""

    folder: Path
    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, exercises: Path | None = None) -> Work:
        """Return a folder's work; raises LearnerError where no progress can be read.

        With the folder of all `exercises`, what was kept by short names is brought to
        the names that stay, and files of which an earlier chapter has taken the short
        name are moved into a folder of their topic.
        """
        work = cls.read(folder)
        if exercises and work.entries:
            names = names_of(exercises)
            work.entries = with_topics(work.entries, names)
            move_files(folder, work.entries, names)
        return work

    @classmethod
    def read(cls, folder: Path) -> Work:
        """Return a folder's work as it is kept there."""
        file = folder / STATE
        if not file.is_file():
            return cls(folder)
        try:
            saved = json.loads(file.read_text(encoding="utf-8"))["exercises"]
            return cls(folder, {id_: Entry(**entry) for id_, entry in saved.items()})
        except (ValueError, KeyError, TypeError, AttributeError):
            raise LearnerError(
                f"{file} holds no progress that can be read; move it away to start anew"
            ) from None

    def entry(self, exercise: Exercise) -> Entry:
        """Return what is remembered of an exercise."""
        return self.entries.setdefault(exercise.name, Entry())

    def save(self) -> None:
        """Write the progress, whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write(self.folder / STATE, json.dumps(self.data(), indent=2) + "\n")

    def data(self) -> dict[str, Any]:
        """Return the progress as plain data."""
        entries = {id_: asdict(entry) for id_, entry in sorted(self.entries.items())}
        return {"version": 1, "exercises": entries}

    def file(self, exercise: Exercise) -> Path:
        """Return the learner's file for an exercise."""
        return self.folder / f"{exercise.id}.py"

    def start(self, exercise: Exercise) -> bool:
        """Copy the starter; returns False, and touches nothing, where a file is."""
        file = self.file(exercise)
        if file.exists():
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, exercise.starter)
        return True

    def reset(self, exercise: Exercise) -> Path | None:
        """Put the starter back; returns where the old file is kept, if one was.

        Raises LearnerError where there is no file yet.
        """
        file = self.file(exercise)
        if not file.exists():
            raise LearnerError(
                f"there is no file {shown(file)} yet: groundup start {exercise.id}"
            )
        if file.read_bytes() == exercise.starter.encode("utf-8"):
            return None
        names = (file.with_suffix(f".{n}.old.py") for n in itertools.count(1))
        kept = next(name for name in names if not name.exists())
        file.rename(kept)
        write(file, exercise.starter)
        return kept

    def hint(self, exercise: Exercise) -> tuple[str, str]:
        """Return the next hint and its kind; raises LearnerError after the third."""
        entry = self.entry(exercise)
        if entry.hints >= len(exercise.hints):
            raise LearnerError(
                "that was the last hint; `groundup solution"
                f" {exercise.id}` shows the solution"
            )
        entry.hints += 1
        self.save()
        return HINTS[entry.hints - 1], exercise.hints[entry.hints - 1]

    def may_see_solution(self, exercise: Exercise) -> bool:
        """Tell whether the solution may be shown: after passing, or after all hints."""
        entry = self.entry(exercise)
        return bool(entry.passed) or entry.hints >= len(exercise.hints)

    def record(self, exercise: Exercise, score: int) -> None:
        """Remember a try and its points."""
        entry = self.entry(exercise)
        entry.tries += 1
        entry.best = max(entry.best, score)
        if score == exercise.points and not entry.passed:
            entry.passed = datetime.now(UTC).isoformat(timespec="seconds")
        self.save()


def write(path: Path, text: str) -> None:
    """Write a text so that a crash leaves the old file or the new one.

    Its line ends stay as they are, on every system: a CSV file brings its own.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
