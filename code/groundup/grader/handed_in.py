"""What a class handed in: folders, archives, notebooks and Python files, read as text.

Archives are read in memory and notebooks as JSON, so nothing of a submission is
unpacked or run here. A bad one never stops the rest: it is told in a sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from . import people, platforms
from .absent import expected, unlike
from .answers import Sent, answers_in
from .archives import Contents, File, contents, is_archive, read_files
from .exercise import Exercise
from .known import short
from .learner import LearnerError
from .names import clean
from .owners import Owner, owners_of
from .results import BOOK, KEPT, SEED
from .roster import Roster


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
        return f"{short(self.exercise)}-{digest[:32]}"


@dataclass
class Class:
    """What was handed in: answers by student and exercise, and what went wrong."""

    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)  # entries that are nobody's
    platform: str = ""  # whose names the entries have, if that was found out

    def students(self, roster: Iterable[str]) -> list[str]:
        """Return the students of the roster, and others who handed something in."""
        seen = {student for student, _ in self.answers} | set(self.problems)
        listed = list(dict.fromkeys(roster))
        return listed + sorted(seen - set(listed))


def read_class(
    folder: Path,
    exercises: Mapping[str, Exercise],
    ids: Iterable[str] = (),
    out: Path | None = None,
    *,
    roster: Roster | None = None,
    platform: str = "",
    pattern: str = "",
) -> Class:
    """Return what the entries of a folder answer; a bad one never stops the rest.

    `ids` are those of all exercises, also of others than are graded. The folder `out`,
    where results go, is no student's, nor is one that has results already. Whose an
    entry is says its name, by the pattern of a platform or one's own.
    """
    if not folder.is_dir():
        raise LearnerError(f"there is no folder {folder}")
    found, entries = Class(), list(entries_of(folder, out))
    names = [clean(entry.name) for entry in entries]
    chosen = platforms.chosen(folder, names, platform, pattern)
    found.platform = chosen.name if chosen and not (platform or pattern) else ""
    owners = owners_of(folder, entries, chosen)
    found.ignored = [clean(entry.name) for entry, mine in owners.items() if not mine]
    for student in people.students(owners, roster or Roster()).values():
        read_student(found, student, exercises, {*ids, *exercises})
    return found


def entries_of(folder: Path, out: Path | None) -> Iterator[Path]:
    """Yield what lies in a folder and may be a student's: nothing hidden, no link.

    Nor is it the file in which Gradescope says whose each folder is.
    """
    results = out and out.resolve()
    for entry in sorted(folder.iterdir()):
        hidden = entry.name.startswith((".", "_")) or entry.is_symlink()
        hidden = hidden or entry.name == platforms.METADATA
        if not (hidden or entry.resolve() == results or has_results(entry)):
            yield entry


def read_student(
    found: Class,
    student: people.Student,
    exercises: Mapping[str, Exercise],
    ids: set[str],
) -> None:
    """Add what a student's entries answer, and what there is to say of them."""
    names = ", ".join(clean(entry.name) for entry, _ in student.entries)
    late = [clean(entry.name) for entry, owner in student.entries if owner.late]
    notes = [*student.notes, *(f"{name} came late" for name in late)]
    try:
        handed_in, sent = read_entries(student.entries)
        answers = answers_in(handed_in.files, exercises, ids, sent)
    except Exception as error:  # archives can be broken in so many ways
        notes.append(f"{names} cannot be read: {error}")
        found.problems[student.name] = clean("; ".join(notes))
        return
    for id_, answer in answers.items():
        found.answers[student.name, id_] = Answer(student.name, id_, answer.source)
        if note := answer.note(id_):
            notes.append(note)
    if answers:
        notes.append(unlike([*exercises.keys() - answers], handed_in, ids))
    else:
        wanted = expected(exercises, handed_in)
        notes.append(f"{names} has no answer to any exercise: {wanted}")
    if said := "; ".join(filter(None, notes)):
        found.problems[student.name] = clean(said)


def read_entries(
    entries: list[tuple[Path, Owner]],
) -> tuple[Contents, dict[str, Sent]]:
    """Return the files of a student's entries, and what their names told of them."""
    files, sent = list[File](), dict[str, Sent]()
    for entry, owner in entries:
        name = clean(entry.name)
        own = owner.file or name
        single = not (entry.is_dir() or is_archive(own))
        above = f"{name}/" if len(entries) > 1 else ""
        for file in read_files(entry, own):
            shown = name if single else above + file.name
            told = Sent(file.name, owner.attempt, owner.upload, owner.alone)
            sent[shown] = told
            files.append(replace(file, name=shown))
    return contents(files), sent


def has_results(entry: Path) -> bool:
    """Tell whether a folder is what grading a class wrote."""
    begun = any((entry / name).is_file() for name in (SEED, BOOK))
    return begun and (entry / KEPT).is_dir()
