"""The kinds of exercises, and what their front matter says beside the common keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from .front_matter import Fields
from .parts import (
    Candidate,
    Limits,
    PublicTest,
    read_candidates,
    read_limits,
    read_tests,
)
from .tolerance import Tolerance, tolerance

NEAR = "a distance such as 0.001, or a share such as 1 %"
PAPER_LIMITS = Limits(seconds=5.0, megabytes=512)  # of a file with numbers or a formula


class ExerciseKind(StrEnum):
    """What a learner hands in; the value is what `kind:` says."""

    FUNCTION = "function"
    BY_HAND = "by hand"
    BUG = "find the bug"
    PREDICT = "predict, then measure"
    TEST = "write the test"


@dataclass(frozen=True)
class ByHand:
    """How numbers or a formula are compared.

    Numbers count within the tolerance. Where there are symbols, formulas are asked
    for; each symbol has a range in which points are drawn.
    """

    tolerance: Tolerance
    unit: str
    symbols: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Prediction:
    """What is guessed before it is measured, and the test that measures it."""

    asks: str
    unit: str
    measured_by: str


@dataclass(frozen=True)
class Special:
    """What an exercise has because of its kind."""

    kind: ExerciseKind = ExerciseKind.FUNCTION
    by_hand: ByHand | None = None
    prediction: Prediction | None = None
    candidates: tuple[Candidate, ...] = ()


def read_kind(fields: Fields) -> ExerciseKind:
    """Return the kind; a function where nothing is said."""
    if "kind" not in fields.data:
        return ExerciseKind.FUNCTION
    said = fields.text("kind")
    try:
        return ExerciseKind(said)
    except ValueError:
        expected = f"one of {', '.join(map(str, ExerciseKind))}"
        raise fields.wrong("kind", expected, said) from None


def read_special(fields: Fields, folder: Path) -> Special:
    """Return what the kind of an exercise asks for; raises ValueError as `Fields`."""
    match kind := read_kind(fields):
        case ExerciseKind.BY_HAND:
            return Special(kind, by_hand=read_by_hand(fields))
        case ExerciseKind.PREDICT:
            return Special(kind, prediction=read_prediction(fields))
        case ExerciseKind.TEST:
            return Special(kind, candidates=read_candidates(folder / "candidates"))
    return Special(kind)


def read_by_hand(fields: Fields) -> ByHand:
    """Return how close numbers have to be, or in which ranges symbols lie."""
    near = str(fields.take("tolerance", NEAR)) if "tolerance" in fields.data else ""
    if ("symbols" in fields.data) == bool(near):
        raise ValueError(
            f"{fields.path}: expected `tolerance` for numbers, `symbols` for formulas"
        )
    symbols = fields.mapping("symbols") if not near else Fields({}, fields.path)
    unit = fields.text("unit") if "unit" in fields.data else ""
    width = Tolerance(1e-9, relative=True)
    return ByHand(
        tolerance=read_tolerance(fields, near) if near else width,
        unit=unit,
        symbols={name: symbols.interval(name) for name in [*symbols.data]},
    )


def read_tolerance(fields: Fields, text: str) -> Tolerance:
    """Return how near to the truth a number counts."""
    try:
        found = tolerance(text)
    except ValueError:
        found = Tolerance(0.0, relative=False)
    if found.amount <= 0:
        raise fields.wrong("tolerance", NEAR, text)
    return found


def read_prediction(fields: Fields) -> Prediction:
    """Return what is to be predicted."""
    inner = fields.mapping("prediction")
    found = Prediction(
        asks=inner.text("asks"),
        unit=inner.text("unit") if "unit" in inner.data else "",
        measured_by=inner.text("measured_by"),
    )
    inner.nothing_left()
    return found


def read_graded(
    fields: Fields, kind: ExerciseKind, folder: Path
) -> tuple[PublicTest, ...]:
    """Return what is graded: tests of a file, or what is asked by hand."""
    if kind is not ExerciseKind.BY_HAND:
        return read_tests(folder / f"test_{folder.name}.py")
    asked = fields.mapping("fields")
    return tuple(
        PublicTest(test_name(name), name, asked.whole(name, 1, 100))
        for name in [*asked.data]
    )


def test_name(field: str) -> str:
    """Return what stands for a field among tests: `the slope` is test_the_slope."""
    return "test_" + re.sub(r"\W+", "_", field.lower()).strip("_")


def read_call_limits(fields: Fields, kind: ExerciseKind) -> Limits:
    """Return the limits of a call; what is done by hand needs to say none."""
    if kind is ExerciseKind.BY_HAND and "limits" not in fields.data:
        return PAPER_LIMITS
    return read_limits(fields.mapping("limits"))
