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
import os
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from .learner import LearnerError
from .verdict import plain

LARGEST = 1_000_000  # bytes of one answer; files above are not read
LARGEST_OF_ALL = 20_000_000  # bytes of all files of a submission that are read
LARGEST_ARCHIVE = 50_000_000  # bytes that a tar archive may unpack to
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


def read_class(folder: Path, ids: Iterable[str]) -> Class:
    """Return what the entries of a folder answer; a bad one never stops the rest."""
    if not folder.is_dir():
        raise LearnerError(f"there is no folder {folder}")
    found, wanted = Class(), set(ids)
    for entry in sorted(folder.iterdir()):
        student = student_of(entry)
        if not student or entry.is_symlink():
            if not entry.name.startswith((".", "_")):
                found.ignored.append(readable(entry.name))
            continue
        try:
            answers = answers_in(dict(limited(read_files(entry))), wanted)
        except Exception as error:  # archives can be broken in so many ways
            found.problems[student] = f"{readable(entry.name)} cannot be read: {error}"
            continue
        for exercise, source in answers.items():
            if (student, exercise) in found.answers:
                said = f"handed in twice: {readable(entry.name)} counts"
                found.problems[student] = said
            found.answers[student, exercise] = Answer(student, exercise, source)
        if not answers:
            said = f"{readable(entry.name)} has no answer to any exercise"
            found.problems[student] = said
    return found


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
    return plain(os.fsencode(name).decode("utf-8", "replace").replace("\n", " "))


def limited(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield files as long as they are not too many; raises ValueError if too large."""
    total = 0
    for name, content in islice(files, MOST):
        total += len(content)
        if total > LARGEST_OF_ALL:
            raise ValueError(f"it has more than {LARGEST_OF_ALL:,} bytes of answers")
        yield name, content


def read_files(entry: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the Python files and notebooks of a submission."""
    if entry.is_dir():
        for path in sorted(entry.rglob("*")):
            if is_answer(path.name) and path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    yield from small(path.name, file)
    elif entry.suffix.lower() == ".zip":
        with zipfile.ZipFile(entry) as archive:
            for info in archive.infolist()[:MOST]:
                if is_answer(info.filename) and not info.is_dir():
                    with archive.open(info) as file:
                        yield from small(Path(info.filename).name, file)
    elif is_answer(entry.name):
        with entry.open("rb") as file:
            yield from small(entry.name, file)
    else:
        ending = next(e for e in OPENERS if entry.name.lower().endswith(e))
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
    return name.lower().endswith((".py", ".ipynb")) and "__MACOSX" not in name


def small(name: str, file: Any) -> Iterator[tuple[str, bytes]]:
    """Yield a file's name and content, unless it is too large to be an answer."""
    content = file.read(LARGEST + 1)
    if len(content) <= LARGEST:
        yield name, content


def answers_in(files: Mapping[str, bytes], ids: set[str]) -> dict[str, str]:
    """Return the answers that files hold by exercise; a Python file goes first."""
    found: dict[str, str] = {}
    for name, content in files.items():
        if name.lower().endswith(".ipynb"):
            for id_, source in cells_of(content, ids).items():
                found.setdefault(id_, source)
    for name, content in files.items():
        if name.removesuffix(".py") in ids and name.endswith(".py"):
            found[name.removesuffix(".py")] = content.decode("utf-8-sig", "replace")
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
