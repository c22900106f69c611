"""Which of the files that somebody hands in is the answer to an exercise: one rule.

An answer is a file `<id>.py`, or a notebook that defines what the exercise asks for
(`finding`). Names that programs make of `<id>.py` count as well, with a note: numbered
copies (`<id>-1.py`, `<id> (1).py`), capital letters (`<Id>.py`), `<id>.py.txt`. A
Python file that is named after its student is read for what it defines.

Where there are several, the first of this order counts:

1. a starter that nobody has filled in comes last,
2. a later attempt before an earlier one, where a platform tells,
3. a Python file before a notebook,
4. the exact name before those that programs make of it,
5. what lies in a folder `work` before what lies elsewhere,
6. what lies less deep before what lies deeper,
7. what was uploaded later, or has the higher number as a copy,
8. by name.

Hidden folders and files (`.ipynb_checkpoints`), copies that a program has made, and the
book's own code never count.
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from . import finding
from .exercise import Exercise
from .known import short

FOLDER = "work"
COPIES = {"__MACOSX", "__pycache__", "node_modules", "site-packages"}
ENDINGS = (".py", ".ipynb", ".py.txt")
BOOK = "code/groundup/"
# A name, a number as browsers and platforms give it to copies, an ending.
NAMED = re.compile(
    r"(\w+?)(?:-(\d{1,3})| ?\((\d{1,3})\))?\.py(?:\.txt)?", re.IGNORECASE
)
# Apart, because a text can be made for bringing Python's parser down.
READER = "import sys; sys.path.insert(0, sys.argv[1]);"
READER += "from groundup.grader.finding import main; main()"


@dataclass(frozen=True)
class Found:
    """An answer, the file that it is in, and others that might have been it."""

    source: str
    file: str
    others: tuple[str, ...] = ()
    renamed: bool = False

    def note(self, id_: str) -> str:
        """Return which file counted, where there was a choice or another name."""
        expected = f" ({id_}.py was expected)" if self.renamed else ""
        others = f", not {', '.join(self.others)}" if self.others else ""
        said = f"{expected}{others}"
        return f"{id_}: {self.file} counts{said}" if said else ""


@dataclass(frozen=True)
class Sent:
    """A file's own name with its folders, and what a platform tells of it."""

    name: str
    attempt: tuple[int, ...] = (0,)
    upload: tuple[int, ...] = (0,)
    alone: bool = False  # its name tells no more than its student


def is_hidden(name: str) -> bool:
    """Tell whether a file, named with its folders, is nobody's own work."""
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part in COPIES for part in path.parts)
    copy = path.stem.lower().endswith("-checkpoint")
    return hidden or copy or f"/{BOOK}" in f"/{name}"


def may_count(name: str) -> bool:
    """Tell whether a file, named with its folders, may be an answer."""
    return name.lower().endswith(ENDINGS) and not is_hidden(name)


def answers_in(
    files: Mapping[str, bytes],
    exercises: Mapping[str, Exercise],
    ids: Iterable[str],
    sent: Mapping[str, Sent] | None = None,
) -> dict[str, Found]:
    """Return the answers that files hold, by exercise; `ids` are of all exercises."""
    every: dict[str, list[tuple[Place, str]]] = {}
    for shown, content in files.items():
        file = (sent or {}).get(shown) or Sent(shown)
        if may_count(file.name):
            found = answers_of(file, content, exercises, ids)
            for id_, (source, untouched) in found.items():
                candidate = place(shown, file, id_, untouched), source
                every.setdefault(id_, []).append(candidate)
    answers = {}
    for id_, candidates in every.items():
        (first, source), *others = sorted(candidates, key=lambda known: known[0])
        names = tuple(other.shown for other, _ in others)
        answers[id_] = Found(source, first.shown, names, first.renamed)
    return answers


class Place(NamedTuple):
    """Where a file stands in the order of those that may count."""

    untouched: bool
    attempt: tuple[int, ...]
    notebook: bool
    renamed: bool
    elsewhere: bool
    depth: int
    upload: tuple[int, ...]
    copy: int
    shown: str


def place(shown: str, file: Sent, id_: str, untouched: bool) -> Place:
    """Return where a file stands; numbers are negative, as the highest goes first."""
    path = PurePosixPath(file.name)
    notebook = path.suffix.lower() == ".ipynb"
    exact = f"/{file.name}".endswith(f"/{id_}.py")
    renamed = not (notebook or file.alone or exact)
    return Place(
        untouched=untouched,
        attempt=tuple(-number for number in file.attempt),
        notebook=notebook,
        renamed=renamed,
        elsewhere=FOLDER not in path.parts[:-1],
        depth=len(path.parts),
        upload=tuple(-number for number in file.upload),
        copy=-meant(path.name)[1] if renamed else 0,
        shown=shown,
    )


def meant(name: str) -> tuple[str, int]:
    """Return the exercise whose file a name may stand for, and the number as a copy."""
    found = NAMED.fullmatch(name)
    if not found:
        return "", 0
    return found[1].lower(), int(found[2] or found[3] or 0)


def exercise_of(name: str, exercises: Collection[str], ids: Iterable[str]) -> str:
    """Return the exercise of a file, named with its folders: empty for none.

    It is `topic/id` by folder and name, else that of the name alone. Where the short
    name is that of an exercise which is not asked for, another one of that name is
    meant that is: platforms leave folders out.
    """
    path, every = PurePosixPath(name), {*ids, *exercises}
    stem, _ = meant(path.name)
    whole = f"{path.parent.name.lower()}/{stem}"
    flat = [id_ for id_ in every if "/" in id_ and id_.replace("/", "_") == stem]
    found = next((id_ for id_ in (whole, stem, *flat) if id_ in every), "")
    if found not in exercises:
        same = [id_ for id_ in exercises if stem and short(id_) == stem]
        found = same[0] if len(same) == 1 else found
    return found


def answers_of(
    file: Sent, content: bytes, exercises: Mapping[str, Exercise], ids: Iterable[str]
) -> dict[str, tuple[str, bool]]:
    """Return the answers of one file, each with whether it is the starter untouched."""
    starters = {id_: exercise.starter for id_, exercise in exercises.items()}
    if file.name.lower().endswith(".ipynb"):
        return read_apart(content, starters, ids)
    id_ = exercise_of(file.name, exercises.keys(), ids)
    if file.alone and id_ not in exercises:
        return read_apart(content, starters, ids, whole=True)
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
    content: bytes,
    starters: Mapping[str, str],
    ids: Iterable[str],
    whole: bool = False,
) -> dict[str, tuple[str, bool]]:
    """Return the answers of a notebook, or of a Python file that is one as a `whole`.

    They are found by a process of their own.
    """
    request = {
        "whole": whole,
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
        kind = "file" if whole else "notebook"
        raise ValueError(f"it is a {kind} that takes too much to be read") from None
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
