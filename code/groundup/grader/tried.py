"""Which kinds of input the tests of an exercise try, seen in the calls that they make.

What has a meaning follows from the arguments; where it has none all the same, the
exercise says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from .exercise import Exercise
from .exercise_kinds import ExerciseKind
from .grading import Recorder, run_tests
from .kinds import KINDS, arrays, can_lie, is_float
from .submission import Call
from .worker import COLUMNS, GAPS

BATCH = "batch"  # further axes in front
LEADING = "(..."  # how a starter writes that there may be any number of them
NAMES = (*(kind.name for kind in KINDS), BATCH)
WITHOUT_INPUT = {ExerciseKind.BY_HAND, ExerciseKind.TEST}  # but what learners choose
Place = tuple[str, int | str]


class Witness(Recorder):
    """Keeps the calls that the tests make."""

    def __init__(self) -> None:
        super().__init__(lambda verdict: None)
        self.calls: list[Call] = []

    def pytest_runtest_teardown(self, item: Any) -> None:
        """Keep the calls of a test that gave a value."""
        from .plugin import SUBMISSION

        if submission := item.stash.get(SUBMISSION, None):
            made = submission.made
            self.calls += [call for call in made if call.outcome.kind == "value"]


def calls(exercise: Exercise) -> list[Call]:
    """Return the calls that the tests make of the solution, with one seed."""
    witness = Witness()
    run_tests(exercise, exercise.folder / "solution.py", witness, ["--seed=0"])
    return witness.calls


def inputs(made: list[Call]) -> Iterator[tuple[Place, Any]]:
    """Yield the arrays, lists and texts among the arguments, and where they stand."""
    for call in made:
        for place, value in call.arguments.items():
            for one in [value] if isinstance(value, list | str) else arrays(value):
                yield (call.function, place), one


def meant(exercise: Exercise, made: list[Call]) -> set[str]:
    """Return the kinds that have a meaning, as far as the arguments tell."""
    values = [value for _, value in inputs(made)]
    tables = [value for value in values if isinstance(value, np.ndarray)]
    found = {"ties", "one", "none"} if values else set()
    found |= {k for k in (COLUMNS, GAPS) if any(can_lie(k, t) for t in tables)}
    found |= {"whole", "float32"} if any(map(is_float, values)) else set()
    return found | ({BATCH} if LEADING in exercise.starter else set())


def tried(made: list[Call]) -> set[str]:
    """Return the kinds of which some input is.

    Where there are numbers with fractions, integers by themselves tell nothing.
    """
    every = list(inputs(made))
    real = {place for place, value in every if is_float(value)}
    axes: dict[Place, set[int]] = {}
    for place, value in every:
        if isinstance(value, np.ndarray):
            axes.setdefault(place, set()).add(value.ndim)
    found = {BATCH} if any(len(several) > 1 for several in axes.values()) else set()
    for kind in KINDS:
        every_one = kind.name not in ("whole", "ties") or not real
        if any(kind.is_it(v) for place, v in every if every_one or place in real):
            found.add(kind.name)
    return found


def kind_problems(exercise: Exercise) -> list[str]:
    """Return the kinds of input that are neither tried nor said to have no meaning."""
    if exercise.kind in WITHOUT_INPUT:
        return ["exercise.md: there is no input"] if exercise.kinds else []
    made = calls(exercise)
    known, means, found = {*NAMES}, meant(exercise, made), tried(made)
    said = set(exercise.kinds)
    problems = [
        f"exercise.md: kinds.{name} is no kind of input; expected one of {NAMES}"
        for name in sorted(said - known)
    ]
    problems += [
        f"exercise.md: kinds.{name} is said to have no meaning, and a test tries it"
        for name in sorted(said & found)
    ]
    problems += [
        f"exercise.md: kinds.{name} goes without saying"
        for name in sorted((said & known) - means)
    ]
    return problems + [
        f"no test tries the kind {name!r}; where it has no meaning, exercise.md says"
        f" why: `kinds: {{{name}: …}}`"
        for name in NAMES
        if name in means - found - said
    ]
