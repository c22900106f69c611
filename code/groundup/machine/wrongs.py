"""Wrong answers as parts, on purpose: what the model says then is worth hearing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import yaml

from groundup.bodies import TALKING, Organ
from groundup.grader.exercise import Exercise
from groundup.grader.learner import LearnerError, exercises_folder, find

from .assembly import Machine, assemble
from .guard import Tell

HEARD = files("groundup.machine").joinpath("heard.yml")


class Heard(NamedTuple):
    """What a wrong answer does to the model's words; `listen` says what to notice.

    `heard` tells whether the model says anything else than with the book's part.
    """

    name: str
    heard: bool
    says: str
    listen: str

    @property
    def words(self) -> str:
        """The answer on one line, in words where there are none in it."""
        return in_words(self.says)


def in_words(said: str) -> str:
    """Return an answer on one line; of one without words, what it is."""
    return " ".join(said.split()) or (
        "(empty lines)" if said else "(nothing: it ends at once)"
    )


def right() -> str:
    """Return how the machine's answer begins with all of the book's parts."""
    return in_words(yaml.safe_load(HEARD.read_text(encoding="utf-8"))["right"])


def organ_of(id_: str) -> Organ:
    """Return the part of an exercise; raises LearnerError naming those there are."""
    for organ in TALKING.organs:
        if id_ in (organ.exercise, organ.short):
            return organ
    ids = ", ".join(organ.short for organ in TALKING.organs)
    raise LearnerError(f"{id_} is no part of the machine; these are: {ids}")


def heard() -> dict[str, Heard]:
    """Return what was heard, by the names that `--wrong` takes."""
    found = yaml.safe_load(HEARD.read_text(encoding="utf-8"))
    return {
        name: Heard(name, entry["heard"], entry["says"], entry.get("listen", ""))
        for name, entry in found["answers"].items()
    }


def listed() -> Iterator[str]:
    """Yield the lines of `groundup chat --wrong list`: worth hearing, then the rest."""
    found = heard().values()
    yield "Worth hearing:"
    for one in found:
        if one.listen:
            yield f"  {one.name:34} {one.listen}"
    yield "Heard, too:"
    yield from (f"  {one.name}" for one in found if one.heard and not one.listen)
    yield "Not heard, and wrong all the same:"
    yield from (f"  {one.name}" for one in found if not one.heard)


def machine(name: str, tell: Tell) -> Machine:
    """Return the machine with one wrong answer in it, and tell what to listen for.

    Raises LearnerError for a name that is no `exercise/wrong_answer`.
    """
    id_, _, wrong = name.rpartition("/")
    organ = organ_of(id_)
    exercise = find(organ.exercise, exercises_folder())
    known = {one.name: one for one in exercise.wrong}
    if wrong not in known:
        raise LearnerError(
            f"{id_} has no wrong answer {wrong!r}; it has {', '.join(known)}"
        )
    tell(f"In place of the {organ.name}: {known[wrong].misconception}.")
    if one := heard().get(f"{id_.split('/')[-1]}/{wrong}"):
        deaf = "" if one.heard else "You will not hear it; the exercise's tests do."
        if line := one.listen or deaf:
            tell(line)
    return with_source(organ, source_of(exercise, wrong), tell)


def source_of(exercise: Exercise, wrong: str) -> str:
    """Return the Python source of a wrong answer."""
    (answer,) = (one for one in exercise.wrong if one.name == wrong)
    return answer.source


def with_source(organ: Organ, source: str, tell: Tell) -> Machine:
    """Return the machine with a source as one of its parts."""
    with tempfile.TemporaryDirectory(prefix="groundup-") as scratch:
        file = Path(scratch, f"{organ.function}.py")
        file.write_text(source, encoding="utf-8")
        return assemble({organ.exercise: file}, tell)
