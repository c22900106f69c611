"""What a test found on a learner's file, and what the file does beyond its failure."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from .exercise import Exercise, PublicTest
from .process import Handle, Kept, Outcome, Worker
from .submission import Call, Functions, Submission, request
from .verdict import Verdict

GOES_ON = ("value", "error")  # after what a file can be asked further
EXPLAINED = ("value", "error", "memory")  # how calls end for which there are reasons
LARGE = 100_000  # numbers that a test hands in
PATIENCE = 0.3  # seconds in which it is asked further


@dataclass
class Run:
    """A test that has run on a learner's file.

    `calls` are those that it made and, where it failed, those that it would have made
    if it had gone on; `right` is what the solution gives for each of them, if known,
    and `alike` which wrong answers give the same, by their names and the functions
    that were compared.
    """

    test: PublicTest
    submission: Submission
    trusted: Worker
    calls: list[Call]
    verdict: Verdict | None = None
    message: str = ""
    right: list[Outcome] = field(default_factory=list)
    alike: dict[tuple[str, frozenset[str]], bool] = field(default_factory=dict)

    @property
    def exercise(self) -> Exercise:
        """The exercise whose test it is."""
        return self.submission.exercise

    @property
    def last(self) -> Outcome:
        """What came of the last call that the test made."""
        calls = self.submission.calls
        return calls[-1].outcome if calls else Outcome("value")

    @property
    def measured(self) -> Any:
        """What the first call of the test gave, with its inputs as they are."""
        calls = self.submission.plain
        return calls[0].outcome.value if calls else None

    @property
    def functions(self) -> set[str]:
        """The names of the functions that the test calls."""
        return {call.name for call in self.calls}

    @property
    def large(self) -> bool:
        """Whether the test hands in so much that doing it again takes time."""
        return any(map(large, self.calls))

    @property
    def open(self) -> bool:
        """Whether there may be a reason to tell why the test failed."""
        explained = self.last.kind in EXPLAINED and not self.last.loading
        return bool(self.verdict and self.submission.calls and explained)

    def go_on(self, test: Callable[[Functions], None]) -> None:
        """Find out what is right, and what the file does with the inputs to come.

        `test` runs the test again, from its beginning.
        """
        if self.large:
            return
        solution = self.exercise.folder / "solution.py"
        model = Submission(solution, self.exercise, self.trusted)
        with suppress(Exception):  # of a test that is broken
            test(Functions(model))
        made = self.submission.calls
        self.calls = [*made, *self.further(model.calls[len(made) :])]
        self.right = [call.outcome for call in model.calls[: len(self.calls)]]

    def further(self, inputs: list[Call]) -> list[Call]:
        """Return what the file does with further inputs, as far as it does soon."""
        until = time.monotonic() + PATIENCE
        found: list[Call] = []
        outcome = self.last
        for call in inputs:
            soon = time.monotonic() < until and not large(call)
            if outcome.kind not in GOES_ON or own(call) or not soon:
                break
            outcome = self.asked(call)
            found.append(replace(call, outcome=outcome))
        return found

    def asked(self, call: Call) -> Outcome:
        """Return what the learner's file gives for one more call."""
        path, worker = self.submission.path, self.submission.worker
        return worker.ask(request(path, False, call, self.exercise.forbidden))


def large(call: Call) -> bool:
    """Tell whether a call hands in so much that making it again takes time."""
    given = [*call.args, *call.kwargs.values()]
    return sum(v.size for v in given if isinstance(v, np.ndarray)) >= LARGE


def own(call: Call) -> bool:
    """Tell whether a call has to do with objects that stay where they were made."""

    def stays(value: Any) -> bool:
        if isinstance(value, list | tuple):
            return isinstance(value, Kept) or any(map(stays, value))
        return isinstance(value, Handle | Kept)

    return call.on is not None or any(map(stays, [*call.args, *call.kwargs.values()]))
