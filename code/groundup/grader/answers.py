"""Which of the files that somebody hands in is the answer to an exercise: one rule.

An answer is a file `<id>.py`, or a notebook that defines what the exercise asks for
(`finding`). Where there are several, the first of this order counts:

1. a starter that nobody has filled in comes last,
2. a Python file before a notebook,
3. what lies in a folder `work` before what lies elsewhere,
4. what lies less deep before what lies deeper,
5. by name.

Hidden folders and files (`.ipynb_checkpoints`), copies that a program has made, and the
book's own code never count.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from . import finding
from .exercise import Exercise

FOLDER = "work"
COPIES = {"__MACOSX", "__pycache__", "node_modules", "site-packages"}
ENDINGS = (".py", ".ipynb")
BOOK = "code/groundup/"
# Apart, because a text can be made for bringing Python's parser down.
READER = "import sys; sys.path.insert(0, sys.argv[1]);"
READER += "from groundup.grader.finding import main; main()"


@dataclass(frozen=True)
class Found:
    """An answer, the file that it is in, and others that might have been it."""

    source: str
    file: str
    others: tuple[str, ...] = ()

    def note(self, id_: str) -> str:
        """Return which file counted, where there was a choice."""
        others = ", ".join(self.others)
        return f"{id_}: {self.file} counts, not {others}" if others else ""


def may_count(name: str) -> bool:
    """Tell whether a file, named with its folders, may be an answer."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part in COPIES for part in path.parts)
    copy = path.stem.lower().endswith("-checkpoint")
    known = path.name.lower().endswith(ENDINGS)
    return known and not (hidden or copy or f"/{BOOK}" in f"/{name}")


def answers_in(
    files: Mapping[str, bytes], exercises: Mapping[str, Exercise], ids: Iterable[str]
) -> dict[str, Found]:
    """Return the answers that files hold, by exercise; `ids` are of all exercises."""
    every: dict[str, list[tuple[Any, str, str]]] = {}
    for name, content in files.items():
        if may_count(name):
            for id_, (source, untouched) in answers_of(
                name, content, exercises, ids
            ).items():
                candidate = place(name, untouched), name, source
                every.setdefault(id_, []).append(candidate)
    found = {}
    for id_, candidates in every.items():
        (_, file, source), *others = sorted(candidates, key=lambda known: known[0])
        found[id_] = Found(source, file, tuple(n for _, n, _ in others))
    return found


def place(name: str, untouched: bool) -> tuple[Any, ...]:
    """Return where a file stands in the order of those that may count."""
    path = PurePosixPath(name)
    elsewhere, depth = FOLDER not in path.parts[:-1], len(path.parts)
    return untouched, path.suffix.lower() != ".py", elsewhere, depth, name


def answers_of(
    name: str, content: bytes, exercises: Mapping[str, Exercise], ids: Iterable[str]
) -> dict[str, tuple[str, bool]]:
    """Return the answers of one file, each with whether it is the starter untouched."""
    if name.lower().endswith(".ipynb"):
        starters = {id_: exercise.starter for id_, exercise in exercises.items()}
        return read_apart(content, starters, ids)
    id_ = PurePosixPath(name).name.removesuffix(".py")
    if id_ not in exercises:
        return {}
    source = text_of(content)
    return {id_: (source, is_untouched(source, exercises[id_]))}


def is_untouched(source: str, exercise: Exercise) -> bool:
    """Tell whether a file is the starter, but for spaces."""
    return source.split() == exercise.starter.split()


def text_of(content: bytes) -> str:
    """Return a Python file's text."""
    return content.decode("utf-8-sig", "replace")


def read_apart(
    content: bytes, starters: Mapping[str, str], ids: Iterable[str]
) -> dict[str, tuple[str, bool]]:
    """Return a notebook's answers, found by a process of their own."""
    request = {
        "content": base64.b64encode(content).decode("ascii"),
        "starters": dict(starters),
        "ids": sorted(ids),
    }
    package = str(Path(finding.__file__).parents[2])
    command = [sys.executable, "-I", "-S", "-c", READER, package]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=finding.SECONDS,
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise ValueError("it is a notebook that takes too much to be read") from None
    return {id_: (source, untouched) for id_, (source, untouched) in found.items()}


def answer_of(path: Path, exercise: Exercise, ids: Iterable[str]) -> str:
    """Return the answer of one file; raises NoAnswer where a notebook has none."""
    if path.suffix.lower() != ".ipynb":
        return text_of(path.read_bytes())
    found = read_apart(path.read_bytes(), {exercise.id: exercise.starter}, ids)
    if exercise.id not in found:
        wanted = " or ".join(finding.asked(exercise.starter))
        raise finding.NoAnswer(f"{path}: no cell defines {wanted}")
    return found[exercise.id][0]
