"""Runs tests again with their inputs turned into other kinds of the same numbers.

The test decides: what it expects stays as it is. Only wrong numbers fail it; an error
misleads nobody, and nothing was promised for such input. Each argument of each function
is tried in the first test in which it can be turned, so that an answer which cannot
take a kind fails there and not everywhere.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from . import expect
from .kinds import SAME_NUMBERS, SameNumbers, fitting
from .submission import Submission
from .verdict import Verdict

Claims = dict[tuple[str, str, str, tuple[int | str, int]], str]
MOST_CALLS = 20  # of a test that is run again: a verdict must not take longer
CLAIMS = pytest.StashKey[Claims]()  # the test in which each argument is tried


def run(
    item: pytest.Function, submission: Submission
) -> Generator[None, object, object]:
    """Run a test, then again in each kind of input that it is the first to have."""
    rng: Any = item.funcargs.get("rng")
    start = rng.bit_generator.state if rng else None
    try:
        done = yield
    finally:
        kinds = claimed(item, submission)
    for kind in kinds:
        submission.begin(kind)
        if rng:
            rng.bit_generator.state = start
        try:
            with expect.rounded(kind.rounding):
                item.runtest()
        except Verdict:
            if submission.calls[-1].outcome.kind != "error":
                raise
    return done


def claimed(item: pytest.Function, submission: Submission) -> list[SameNumbers]:
    """Return the kinds that a test is the first to have, and keep them for it."""
    claims = item.config.stash.setdefault(CLAIMS, {})
    exercise, found = submission.exercise, []
    if len(submission.calls) > MOST_CALLS:
        return []
    for kind in SAME_NUMBERS:
        if kind.name in exercise.kinds:  # where it has no meaning
            continue
        keys = [
            (exercise.id, kind.name, call.function, place)
            for call in submission.calls
            for place in fitting(kind, call.arguments, submission.returned)
        ]
        if item.originalname in [claims.setdefault(k, item.originalname) for k in keys]:
            found.append(kind)
    return found
