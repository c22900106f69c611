"""Which file of a learner's `groundup check` grades: by the rule for all answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .absent import unlike
from .answers import Found, answer_of, answers_in, is_untouched, text_of
from .archives import Contents, contents, read_files
from .exercise import Exercise
from .finding import NoAnswer
from .known import known_ids, short
from .learner import LearnerError, shown


@contextmanager
def answer_file(
    exercise: Exercise, work: Path, file: Path | None
) -> Iterator[tuple[Path, str]]:
    """Give the file to grade, and a note on which one counts where that needs one.

    It is `file` where one is named, else found in the learner's folder. A notebook's
    answer is written into a file of its own. Raises LearnerError where there is none.
    """
    if file and not file.is_file():
        raise LearnerError(f"there is no file {shown(file)}")
    found = named(exercise, file) if file else chosen(exercise, work)
    place = file or work / found.file
    note = found.note(exercise.id)
    if place.suffix.lower() == ".py":
        yield place.resolve(), note
        return
    with tempfile.TemporaryDirectory(prefix="groundup-") as scratch:
        written = Path(scratch, f"{short(exercise.id)}.py")
        written.write_text(found.source, encoding="utf-8")
        yield written, note or f"The answer is in {shown(place)}."


def named(exercise: Exercise, file: Path) -> Found:
    """Return the answer of a file that was asked for."""
    try:
        ids = known_ids(exercise.folder.parents[2])
        return Found(answer_of(file, exercise, ids), file.name)
    except NoAnswer as error:
        raise LearnerError(str(error)) from None


def chosen(exercise: Exercise, work: Path) -> Found:
    """Return the answer that a learner's folder holds; notebooks count there, too."""
    own = work / f"{exercise.id}.py"
    if own.is_file():
        mine = Found(text_of(own.read_bytes()), f"{exercise.id}.py")
        if not is_untouched(mine.source, exercise):  # it goes before all others
            return mine
    found = contents(read_files(work)) if work.is_dir() else Contents()
    ids = known_ids(exercise.folder.parents[2])
    answers = answers_in(found.files, {exercise.id: exercise}, ids)
    if exercise.id in answers:
        return answers[exercise.id]
    like = unlike([exercise.id], found, ids)
    raise LearnerError(
        f"there is no file {shown(own)} yet: groundup start {exercise.id}"
        + (f"; {like}" if like else "")
    )
