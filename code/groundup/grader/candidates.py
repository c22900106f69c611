"""What a learner's inputs or test are tried on: a right function, and wrong ones.

They are the book's own and run in the worker of its own answers; a learner's file sees
no more of them than what they return. What tells them apart is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .alike import same_value
from .exercise import Exercise
from .parts import RIGHT, Candidate
from .process import Outcome, Worker
from .submission import Call, request
from .verdict import Verdict, show

RIGHTS = 60  # results of the right function that a test must not refuse
WRONGS = 6  # of a wrong one, one of which it must refuse: a guess wins one time in 28
Case = tuple[Any, ...]


class Candidates:
    """The candidates of an exercise, by name."""

    def __init__(self, exercise: Exercise, worker: Worker) -> None:
        self.known = {candidate.name: candidate for candidate in exercise.candidates}
        self.exercise, self.worker = exercise, worker

    def wrong(self, name: str) -> Candidate:
        """Return the one of this name that has a flaw."""
        return self.known[name]

    def outcome(self, name: str, function: str, case: Case) -> Outcome:
        """Return what a candidate makes of a case."""
        call = Call(function, case, {}, Outcome("value"))
        path = self.known[name].path
        return self.worker.ask(request(path, False, call, self.exercise.forbidden))

    def expect_caught(self, name: str, function: str, cases: Sequence[Case]) -> None:
        """Raise a verdict unless a case shows that a candidate is not the right one.

        Every case is one that the right function takes.
        """
        __tracebackhide__ = True
        caught = False
        for case in cases:
            right = self.outcome(RIGHT, function, case)
            if right.kind != "value":
                raise Verdict(f"The right function cannot take {show(case)}.")
            other = self.outcome(name, function, case)
            same = other.kind == "value" and same_value(other.value, right.value)
            caught = caught or not same
        if not caught:
            raise Verdict(self.wrong(name).escapes)

    def expect_refused(
        self,
        name: str,
        function: str,
        judge: Callable[..., Any],
        draw: Callable[[], Case],
        rng: np.random.Generator,
    ) -> None:
        """Raise a verdict unless a learner's test refuses a candidate, not the right.

        `judge(*case, result)` is that test, `draw()` gives a case. Many results of the
        right function are among few of the wrong one, in an order that nobody knows:
        who always refuses, always accepts, or guesses, gains nothing.
        """
        __tracebackhide__ = True
        refused = False
        for wrong in rng.permutation([False] * RIGHTS + [True] * WRONGS):
            case = draw()
            made = self.outcome(name if wrong else RIGHT, function, case)
            accepted = said(judge(*case, made.value))
            if not accepted and not wrong:
                raise Verdict("Your test refuses this right result.")
            refused = refused or not accepted
        if not refused:
            raise Verdict(self.wrong(name).escapes)


def said(answer: Any) -> bool:
    """Return what a test says; raises a verdict where it is neither True nor False."""
    __tracebackhide__ = True
    if isinstance(answer, bool | np.bool_):
        return bool(answer)
    raise Verdict(f"You returned {show(answer)}, expected True or False.")


def cases_of(answer: Any, most: int, names: Sequence[str]) -> list[Case]:
    """Return cases as a learner gives them; raises a verdict for what is none.

    Each has an entry for each of the names.
    """
    __tracebackhide__ = True
    expected = f"expected a list of {most} cases at most, each ({', '.join(names)})"
    if not isinstance(answer, list | tuple) or not 0 < len(answer) <= most:
        raise Verdict(f"You returned {show(answer)}, {expected}.")
    for case in answer:
        if not isinstance(case, list | tuple) or len(case) != len(names):
            raise Verdict(f"{show(case)} is no case; {expected}.")
    return [tuple(case) for case in answer]
