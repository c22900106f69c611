"""Numbers and formulas found by hand: read, compared, and answered.

What is right and what expected mistakes lead to is computed by the exercise's own
sources, its solution and its wrong answers: each has a function with the exercise's
name that returns numbers, or formulas as texts. A learner's text is never evaluated as
Python.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import expressions, numbers
from .exercise import Exercise, WrongAnswer
from .telling import fill
from .verdict import WIDTH, Verdict, plain, show

POINTS = 12  # at which formulas are compared
LONGEST = 300  # characters of one answer
Values = tuple[float, ...]  # of a number one, of a formula one for each point


@dataclass(frozen=True)
class Sheet:
    """What answers to an exercise are held against.

    `truth` has a field's values; so has each wrong answer. `points` give the symbols of
    formulas their values.
    """

    exercise: Exercise
    points: tuple[dict[str, float], ...]
    truth: tuple[Values, ...]
    wrong: tuple[tuple[WrongAnswer, tuple[Values, ...]], ...]

    def fits(self, mine: Values, truth: Values) -> bool:
        """Tell whether an answer's values are those of a field."""
        return all(map(self.near, mine, truth))

    def near(self, mine: float, truth: float) -> bool:
        """Tell whether a number is close enough to another."""
        width = self.exercise.by_hand.tolerance.width(truth)
        return math.isfinite(mine) and numbers.within(mine, truth, width)

    def read(self, text: str) -> Values:
        """Return the values of what somebody wrote; raises ValueError if none."""
        return values(self.exercise, text, self.points)


def sheet(exercise: Exercise, seed: int) -> Sheet:
    """Return what answers are held against, formulas at points drawn with this seed.

    Raises ValueError where one of its sources gives something else than is asked.
    """
    points = drawn(exercise, seed)
    return Sheet(
        exercise,
        points,
        computed(exercise, exercise.solution, points),
        tuple((w, computed(exercise, w.source, points)) for w in exercise.wrong),
    )


def drawn(exercise: Exercise, seed: int) -> tuple[dict[str, float], ...]:
    """Return values of the symbols; one point without any, where numbers are asked."""
    ranges = exercise.by_hand.symbols
    if not ranges:
        return ({},)
    rng = np.random.default_rng([seed, zlib.crc32(exercise.id.encode())])
    table = [rng.uniform(low, high, POINTS).tolist() for low, high in ranges.values()]
    return tuple(
        dict(zip(ranges, row, strict=True)) for row in zip(*table, strict=True)
    )


def answers(exercise: Exercise, source: str) -> tuple[Any, ...]:
    """Return what a source of the book answers: numbers, or formulas as texts."""
    names: dict[str, Any] = {}
    exec(compile(source, str(exercise.folder), "exec", dont_inherit=True), names)
    found = names[exercise.id]()
    several = found if isinstance(found, tuple) else (found,)
    if len(several) != len(exercise.tests):
        raise ValueError(
            f"{exercise.folder}: one answers {len(several)} of {len(exercise.tests)}"
            f" fields:\n{source}"
        )
    return several


def computed(
    exercise: Exercise, source: str, points: tuple[dict[str, float], ...]
) -> tuple[Values, ...]:
    """Return the values of what a source of the book answers."""
    found = tuple(values(exercise, a, points) for a in answers(exercise, source))
    if not all(math.isfinite(value) for several in found for value in several):
        raise ValueError(
            f"{exercise.folder}: one has no value in the ranges:\n{source}"
        )
    return found


def values(
    exercise: Exercise, given: Any, points: tuple[dict[str, float], ...]
) -> Values:
    """Return the values of one answer: a text, or a number that needs no reading.

    Raises ValueError with a sentence to the writer for what cannot be read.
    """
    asked = exercise.by_hand
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise ValueError(f"{show(given)} is not a text, as “1/8” is.")
    if isinstance(given, str) and len(given) > LONGEST:
        raise ValueError(f"An answer has at most {LONGEST} characters.")
    if asked.symbols:
        read = expressions.read(str(given), list(asked.symbols))
        return tuple(expressions.value(read, at) for at in points)
    if isinstance(given, str):
        return (numbers.read(given, asked.unit),)
    if not math.isfinite(given):
        raise ValueError("That is not a finite number.")
    return (float(given),)


def judged(found: Sheet, given: Sequence[Any]) -> list[tuple[bool, str]]:
    """Return for each field whether it is right, and what to say where it is not.

    A mistake is named in the first field that is wrong, where all fields together are
    what it leads to.
    """
    mine: list[Values | ValueError] = []
    for text in given:
        try:
            mine.append(found.read(text))
        except ValueError as error:
            mine.append(error)
    right = [
        not isinstance(value, ValueError) and found.fits(value, truth)
        for value, truth in zip(mine, found.truth, strict=True)
    ]
    reply, said = mistake(found, mine), []
    for value, text, good in zip(mine, given, right, strict=True):
        parts = "" if good else told(value, text, reply)
        reply = reply if good else ""
        said.append((good, parts))
    return said


def told(value: Values | ValueError, text: Any, reply: str) -> str:
    """Return what one reads of an answer that is not right."""
    if isinstance(value, ValueError):
        return fill(plain(str(value)))
    written = f"You have {plain(str(text)[:WIDTH])}. That is not it."
    return "\n\n".join(filter(None, [fill(written), fill(reply)]))


def mistake(found: Sheet, mine: list[Values | ValueError]) -> str:
    """Return the reply to the one expected mistake that an answer is, if it is one."""
    for wrong, expected in found.wrong:
        pairs = zip(mine, expected, strict=True)
        if all(not isinstance(v, ValueError) and found.fits(v, e) for v, e in pairs):
            return wrong.message
    return ""


def verdicts(
    exercise: Exercise, given: Any, seed: int, sandbox: str
) -> list[dict[str, Any]]:
    """Return the verdicts on all fields as plain data, as tests of files have them.

    `given` is a Verdict where a file has no answers.
    """
    if isinstance(given, Verdict):
        results = [(False, fill(str(given)))] * len(exercise.tests)
    elif len(given) != len(exercise.tests):
        few = f"Expected {len(exercise.tests)} answers, found {len(given)}."
        results = [(False, few)] * len(exercise.tests)
    else:
        results = judged(sheet(exercise, seed), given)
    return [
        {
            "test": test.name,
            "passed": passed,
            "kind": "value",
            "line": None,
            "message": "" if passed else f"{test.title}\n\n{said}",
            "sandbox": sandbox,
        }
        for test, (passed, said) in zip(exercise.tests, results, strict=True)
    ]
