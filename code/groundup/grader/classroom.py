"""Grades a class: a folder, archive or file a student, one verdict for each answer.

Archives are read in memory and notebooks as text, so nothing of a submission is
unpacked or run here; what is run, runs behind the walls. Verdicts are kept by the
content of answer and exercise: a run that was ended in the middle goes on where it was.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .exercise import Exercise, load
from .grading import GraderError, grade
from .learner import LearnerError, write

LARGEST = 1_000_000  # bytes of one answer; files above are not read
MOST = 2_000  # files of one submission that are looked at
KEPT, BOOK, STUDENTS = "verdicts", "gradebook.csv", "students"
ARCHIVES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")


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


def read_class(folder: Path, ids: Iterable[str]) -> Class:
    """Return what the entries of a folder answer; a bad one never stops the rest."""
    if not folder.is_dir():
        raise LearnerError(f"there is no folder {folder}")
    found, wanted = Class(), set(ids)
    for entry in sorted(folder.iterdir()):
        student = student_of(entry)
        if not student or entry.is_symlink():
            continue
        try:
            files = dict(list(read_files(entry))[:MOST])
        except (
            OSError,
            EOFError,
            ValueError,
            zipfile.BadZipFile,
            tarfile.TarError,
        ) as e:
            found.problems[student] = f"{entry.name} cannot be read: {e}"
            continue
        for exercise, source in answers_in(files, wanted).items():
            found.answers[student, exercise] = Answer(student, exercise, source)
        if not any(name == student for name, _ in found.answers):
            found.problems[student] = f"{entry.name} has no answer to any exercise"
    return found


def student_of(entry: Path) -> str:
    """Return whose submission an entry is, empty for hidden files and others."""
    if entry.name.startswith((".", "_")):
        return ""
    if entry.is_dir():
        return entry.name
    for ending in (*ARCHIVES, ".ipynb"):
        if entry.name.endswith(ending):
            return entry.name.removesuffix(ending)
    return ""


def read_files(entry: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the Python files and notebooks of a submission."""
    if entry.is_dir():
        for path in sorted(entry.rglob("*")):
            if is_answer(path.name) and path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    yield from small(path.name, file)
    elif entry.suffix == ".zip":
        with zipfile.ZipFile(entry) as archive:
            for info in archive.infolist()[:MOST]:
                if is_answer(info.filename) and not info.is_dir():
                    with archive.open(info) as file:
                        yield from small(Path(info.filename).name, file)
    elif is_answer(entry.name):
        with entry.open("rb") as file:
            yield from small(entry.name, file)
    else:
        with tarfile.open(entry) as archive:
            for member in archive:
                if member.isfile() and is_answer(member.name):
                    content = archive.extractfile(member)
                    if content:
                        yield from small(Path(member.name).name, content)


def is_answer(name: str) -> bool:
    """Tell whether a file may hold answers."""
    return name.endswith((".py", ".ipynb")) and "__MACOSX" not in name


def small(name: str, file: Any) -> Iterator[tuple[str, bytes]]:
    """Yield a file's name and content, unless it is too large to be an answer."""
    content = file.read(LARGEST + 1)
    if len(content) <= LARGEST:
        yield name, content


def answers_in(files: Mapping[str, bytes], ids: set[str]) -> dict[str, str]:
    """Return the answers that files hold by exercise; a Python file goes first."""
    found: dict[str, str] = {}
    for name, content in files.items():
        if name.endswith(".ipynb"):
            for id_, source in cells_of(content, ids).items():
                found.setdefault(id_, source)
    for name, content in files.items():
        if name.removesuffix(".py") in ids and name.endswith(".py"):
            found[name.removesuffix(".py")] = content.decode("utf-8", "replace")
    return found


def cells_of(content: bytes, ids: set[str]) -> dict[str, str]:
    """Return the code cells of a notebook that are tagged with an exercise's id.

    A cell that begins with `%%exercise <id>` counts as tagged, without that line. A
    notebook that cannot be read has none.
    """
    try:
        cells = json.loads(content)["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        found: dict[str, list[str]] = {}
        for cell in code:
            source = "".join(cell["source"])
            first, _, rest = source.partition("\n")
            tags = set(cell.get("metadata", {}).get("tags", []))
            if first.startswith("%%exercise"):
                tags, source = set(first.split()[1:2]), rest
            for id_ in tags & ids:
                found.setdefault(id_, []).append(source)
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {id_: "\n\n".join(parts) for id_, parts in found.items()}


def fingerprint(exercise: Exercise) -> str:
    """Return what an exercise's verdicts depend on beside the answer, as a digest."""
    digest = hashlib.sha256()
    for path in sorted(exercise.folder.rglob("*")):
        if path.suffix in {".md", ".py"} and "__pycache__" not in path.parts:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def verdict(folder: Path, source: str, seed: int, weakest: str) -> dict[str, Any]:
    """Return the verdict on an answer as plain data; a process of a pool runs this."""
    exercise = load(folder)
    with tempfile.TemporaryDirectory(prefix="groundup-") as scratch:
        file = Path(scratch, f"{exercise.id}.py")
        file.write_text(source, encoding="utf-8", errors="replace")
        try:
            return grade(exercise, file, seed=seed, weakest=weakest).json()
        except GraderError as error:
            return {"exercise": exercise.id, "trouble": str(error)}


def grade_class(
    handed_in: Class,
    exercises: Mapping[str, Exercise],
    out: Path,
    *,
    seed: int,
    weakest: str = "process",
    jobs: int | None = None,
) -> Iterator[tuple[Answer, dict[str, Any]]]:
    """Yield each answer with its verdict as it comes; kept ones come first.

    Verdicts are written to `out` one by one. The same answer handed in twice is graded
    once. Trouble of the grader itself is yielded, not kept: the next run tries again.
    """
    kept = out / KEPT
    kept.mkdir(parents=True, exist_ok=True)
    prints = {id_: fingerprint(exercise) for id_, exercise in exercises.items()}
    waiting: dict[str, list[Answer]] = {}
    for answer in handed_in.answers.values():
        key = answer.key(prints[answer.exercise], seed)
        known = read_verdict(kept / f"{key}.json")
        if known is None:
            waiting.setdefault(key, []).append(answer)
        else:
            yield answer, known
    with ProcessPoolExecutor(jobs or os.cpu_count()) as pool:
        running = {}
        for key, same in waiting.items():
            exercise = exercises[same[0].exercise]
            arguments = (exercise.folder, same[0].source, seed, weakest)
            running[pool.submit(verdict, *arguments)] = key
        for done in as_completed(running):
            key, found = running[done], done.result()
            if "trouble" not in found:
                write(kept / f"{key}.json", json.dumps(found) + "\n")
            for answer in waiting[key]:
                yield answer, found


def read_verdict(file: Path) -> dict[str, Any] | None:
    """Return a kept verdict, None where there is none that can be read."""
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write_results(
    out: Path,
    students: Iterable[str],
    exercises: Mapping[str, Exercise],
    found: Mapping[tuple[str, str], dict[str, Any]],
    problems: Mapping[str, str],
) -> None:
    """Write the grade book as CSV, and a JSON file for each student."""
    (out / STUDENTS).mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["student", *exercises, "total", "max", "note"])
    largest = sum(exercise.points for exercise in exercises.values())
    for student in students:
        own = {id_: found[student, id_] for id_ in exercises if (student, id_) in found}
        scores = {id_: report.get("score", 0) for id_, report in own.items()}
        troubled = [id_ for id_, report in own.items() if "trouble" in report]
        note = problems.get(student, "" if own else "nothing was handed in")
        if troubled:
            note = f"could not be graded: {', '.join(troubled)}"
        points = [scores.get(id_, "") for id_ in exercises]
        row = [student, *points, sum(scores.values()), largest, note]
        table.writerow([guarded(value) for value in row])
        data = {"student": student, "total": sum(scores.values()), "max": largest}
        data |= {"note": note, "exercises": own}
        name = f"{safe(student)}.json"
        write(out / STUDENTS / name, json.dumps(data, indent=2) + "\n")
    write(out / BOOK, text.getvalue())


def guarded(value: object) -> object:
    """Return a cell that a spreadsheet takes for text and not for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def safe(student: str) -> str:
    """Return a file name for a student, no path and not twice the same."""
    kept = "".join(c if c.isalnum() or c in "-_. @" else "_" for c in student)
    if kept == student and not kept.startswith("."):
        return kept
    return f"{kept.lstrip('.')}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"
