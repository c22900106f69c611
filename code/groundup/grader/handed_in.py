"""What a class handed in: a folder, archive or notebook a student, read as text.

Archives are read in memory and notebooks as JSON, so nothing of a submission is
unpacked or run here. A bad one never stops the rest: it is told in a sentence.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .answers import answers_in
from .archives import ARCHIVES, limited, read_files
from .exercise import Exercise
from .learner import LearnerError
from .results import BOOK, KEPT, SEED
from .verdict import plain


@dataclass(frozen=True)
class Answer:
    """A student's answer to one exercise; `source` is empty where there is none."""

    student: str
    exercise: str
    source: str

    def key(self, fingerprint: str, seed: int) -> str:
        """Return the name under which the verdict on this content is kept."""
        content = "\0".join([fingerprint, str(seed), self.source])
        digest = hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
        return f"{self.exercise}-{digest[:32]}"


@dataclass
class Class:
    """What was handed in: answers by student and exercise, and what went wrong."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)  # entries that are nobody's

    def students(self, roster: Iterable[str]) -> list[str]:
        """Return the students of the roster, and others who handed something in."""
        seen = {student for student, _ in self.answers} | set(self.problems)
        listed = list(dict.fromkeys(roster))
        return listed + sorted(seen - set(listed))


def read_roster(file: Path) -> list[str]:
    """Return the column `student` of a CSV file; raises LearnerError if it has none."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or "student" not in rows[0]:
        raise LearnerError(f"{file}: expected a CSV file with a column `student`")
    return [row["student"].strip() for row in rows if row["student"].strip()]


def read_class(
    folder: Path,
    exercises: Mapping[str, Exercise],
    ids: Iterable[str] = (),
    out: Path | None = None,
) -> Class:
    """Return what the entries of a folder answer; a bad one never stops the rest.

    `ids` are those of all exercises, also of others than are graded. The folder `out`,
    where results go, is no student's, nor is one that has results already.
    """
    if not folder.is_dir():
        raise LearnerError(f"there is no folder {folder}")
    found, entries = Class(), dict[str, list[Path]]()
    results = out and out.resolve()
    for entry in sorted(folder.iterdir()):
        student = student_of(entry)
        if entry.resolve() == results or has_results(entry):
            continue
        if student and not entry.is_symlink():
            entries.setdefault(student, []).append(entry)
        elif not entry.name.startswith((".", "_")):
            found.ignored.append(readable(entry.name))
    for student, own in entries.items():
        read_student(found, student, own, exercises, {*ids, *exercises})
    return found


def read_student(
    found: Class,
    student: str,
    entries: list[Path],
    exercises: Mapping[str, Exercise],
    ids: set[str],
) -> None:
    """Add what a student's entries answer, and what there is to say of them."""
    names = ", ".join(readable(entry.name) for entry in entries)
    files: dict[str, bytes] = {}
    try:
        for entry in entries:
            above = f"{readable(entry.name)}/" if len(entries) > 1 else ""
            files |= {above + n: c for n, c in limited(read_files(entry))}
        answers = answers_in(files, exercises, ids)
    except Exception as error:  # archives can be broken in so many ways
        found.problems[student] = f"{names} cannot be read: {error}"
        return
    for id_, answer in answers.items():
        found.answers[student, id_] = Answer(student, id_, answer.source)
    notes = [answer.note(id_) for id_, answer in sorted(answers.items())]
    if said := "; ".join(filter(None, notes)):
        found.problems[student] = readable(said)
    if not answers:
        found.problems[student] = f"{names} has no answer to any exercise"


def has_results(entry: Path) -> bool:
    """Tell whether a folder is what grading a class wrote."""
    begun = any((entry / name).is_file() for name in (SEED, BOOK))
    return begun and (entry / KEPT).is_dir()


def student_of(entry: Path) -> str:
    """Return whose submission an entry is, empty for hidden files and others."""
    name = readable(entry.name)
    if name.startswith((".", "_")):
        return ""
    if entry.is_dir():
        return name
    for ending in (*ARCHIVES, ".ipynb"):
        if name.lower().endswith(ending) and entry.is_file():  # no pipe, no device
            return name[: -len(ending)]
    return ""


def readable(name: str) -> str:
    """Return a file's name as text that can be written and printed."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return plain(text.replace("\n", " "))
