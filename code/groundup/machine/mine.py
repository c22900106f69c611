"""Which of a reader's answers are parts: those that pass, checked behind walls."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from groundup.bodies import Body, Organ
from groundup.grader.exercise import Exercise
from groundup.grader.grading import grade
from groundup.grader.learner import LearnerError, Work, find, write
from groundup.grader.own_answer import answer_file

KEPT = "parts.json"  # in the reader's folder: which content of which answer has passed
GAVE_WAY = "gave way: "  # before the name of an answer that passed and failed at work


@dataclass
class Mine:
    """A reader's parts: `files` that passed, by exercise, and what is still to come."""

    files: dict[str, Path] = field(default_factory=dict)
    failed: list[Organ] = field(default_factory=list)
    absent: list[Organ] = field(default_factory=list)


def content(exercise: Exercise, file: Path) -> str:
    """Return the hash of an answer and of all that decides about it."""
    hashed = hashlib.sha256(file.read_bytes())
    for path in sorted(exercise.folder.glob("*.*")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def kept_verdicts(folder: Path) -> dict[str, str]:
    """Return the passes that are remembered; none where the file is damaged."""
    try:
        found = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        return {str(k): str(v) for k, v in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


@contextmanager
def my_parts(work: Work, exercises: Path, body: Body) -> Iterator[Mine]:
    """Give the answers of a reader's folder that pass their exercises.

    Each is graded behind walls, once for each content. The files of answers that stand
    in notebooks are gone afterwards.
    """
    kept = kept_verdicts(work.folder)
    mine = Mine()
    with tempfile.TemporaryDirectory(prefix="groundup-") as scratch:
        for organ in body.organs:
            exercise = find(organ.exercise, exercises)
            try:
                with answer_file(exercise, work.folder, None) as (file, _):
                    copied = Path(scratch, f"{organ.short}.py")
                    copied.write_bytes(file.read_bytes())
            except LearnerError:
                mine.absent.append(organ)
                continue
            if passes(exercise, copied, kept):
                mine.files[organ.exercise] = copied
            else:
                mine.failed.append(organ)
        if work.folder.is_dir():
            write(work.folder / KEPT, json.dumps(kept, indent=2) + "\n")
        yield mine


def remember(folder: Path, broken: Iterable[str], working: Iterable[str]) -> None:
    """Keep which parts gave way at work, and forget it of those that no longer do."""
    kept = kept_verdicts(folder)
    for name in working:
        kept.pop(GAVE_WAY + name, None)
    kept |= {GAVE_WAY + name: "" for name in broken}
    write(folder / KEPT, json.dumps(kept, indent=2) + "\n")


def gave_way(folder: Path) -> set[str]:
    """Return the exercises whose answers passed and gave way at work."""
    kept = kept_verdicts(folder)
    return {k.removeprefix(GAVE_WAY) for k in kept if k.startswith(GAVE_WAY)}


def passes(exercise: Exercise, file: Path, kept: dict[str, str]) -> bool:
    """Tell whether an answer passes; what has passed before is not graded again."""
    now = content(exercise, file)
    if kept.get(exercise.name) == now:
        return True
    kept.pop(exercise.name, None)
    if not grade(exercise, file).passed:
        return False
    kept[exercise.name] = now
    return True
