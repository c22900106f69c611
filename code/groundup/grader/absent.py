"""What is said where no answer was found: what was there, and what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from .answers import exercise_of
from .archives import Contents, File
from .known import short

SHOWN = 5  # names of files
FEW = 3  # exercises that are named one by one
ALIKE = 0.8  # of two names
TEXTS = (".py", ".txt")


def expected(ids: Collection[str], handed_in: Contents) -> str:
    """Return what was expected where nothing counts, and what was found."""
    names = (
        ", ".join(f"{id_}.py" for id_ in ids) if len(ids) <= FEW else "<exercise>.py"
    )
    files = [str(file) for file in every(handed_in)]
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    there = f"{', '.join(files[:SHOWN])}{more}" if files else "no file"
    return (
        f"expected {names} or a notebook that defines what is asked for, found {there}"
    )


def every(handed_in: Contents) -> Iterator[File]:
    """Yield all that was handed in, read or not."""
    for name in handed_in.files:
        yield File(name)
    yield from handed_in.others


def unlike(missing: Collection[str], handed_in: Contents, ids: Collection[str]) -> str:
    """Return which files look like answers that are missing, and do not count.

    `ids` are those of all exercises: a file of one of them is not one of another.
    """
    said = []
    for file in every(handed_in):
        name = PurePosixPath(file.name).name
        id_ = exercise_of(file.name, missing, ids)
        if id_ not in ids or (id_ in missing and file.why):
            like = [id_] if id_ in missing else alike(name, missing)
            said += [f"{i}: {file} does not count ({i}.py was expected)" for i in like]
    return "; ".join(said[:SHOWN])


def alike(name: str, ids: Collection[str]) -> list[str]:
    """Return the exercise for which a file's name may have been meant, if one was."""
    stem = name.lower().partition(".")[0]
    if not name.lower().endswith(TEXTS):
        return []
    short_of = {short(id_): id_ for id_ in ids}
    inside = [id_ for name, id_ in short_of.items() if name in stem]
    close = difflib.get_close_matches(stem, short_of, 1, ALIKE)
    return sorted(inside, key=len)[-1:] or [short_of[name] for name in close]
