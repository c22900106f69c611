"""What a class handed in: a folder, archive or notebook a student, read as text.

Archives are read in memory and notebooks as JSON, so nothing of a submission is
unpacked or run here. A bad one never stops the rest: it is told in a sentence.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from .learner import LearnerError

LARGEST = 1_000_000  # bytes of one answer; files above are not read
LARGEST_ARCHIVE = 200_000_000  # bytes that a tar archive may unpack to
MOST = 2_000  # files of one submission that are looked at
OPENERS: dict[str, Callable[[Path], Any]] = {
    ".tar": lambda path: path.open("rb"),
    ".tgz": gzip.open,
    ".tar.gz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tar.xz": lzma.open,
}
ARCHIVES = (".zip", *OPENERS)


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
            answers = answers_in(dict(islice(read_files(entry), MOST)), wanted)
        except Exception as error:  # archives can be broken in so many ways
            found.problems[student] = f"{entry.name} cannot be read: {error}"
            continue
        for exercise, source in answers.items():
            if (student, exercise) in found.answers:
                found.problems[student] = f"handed in twice: {entry.name} counts"
            found.answers[student, exercise] = Answer(student, exercise, source)
        if not answers:
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
        ending = next(e for e in OPENERS if entry.name.endswith(e))
        with (
            OPENERS[ending](entry) as unpacked,
            tarfile.open(fileobj=Capped(unpacked), mode="r|") as archive,
        ):
            for member in archive:
                if member.isfile() and is_answer(member.name):
                    content = archive.extractfile(member)
                    if content:
                        yield from small(Path(member.name).name, content)


class Capped(io.RawIOBase):
    """A file that refuses to be read further than an archive may reach."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self.file, self.left = file, LARGEST_ARCHIVE

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises ValueError where they are too many."""
        content: bytes = self.file.read(size)
        self.left -= len(content)
        if self.left < 0:
            raise ValueError(f"it unpacks to more than {LARGEST_ARCHIVE:,} bytes")
        return content


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
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {id_: "\n\n".join(parts) for id_, parts in found.items()}
