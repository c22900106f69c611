"""`groundup new`: the files of a new exercise, small and complete, to be written over.

They are about the mean of squares, and `groundup verify` says what is still missing.
"""

from __future__ import annotations

import re
from pathlib import Path

from .authoring_kinds import OTHER_WAYS, TEMPLATES, adds_up
from .exercise import PACKAGED
from .exercise_kinds import ExerciseKind
from .learner import LearnerError, write
from .starters import generate

EXAMPLE = "algorithms/linear_regression"
PAGE = """\
---
title: What the learner computes
points: 3
minutes: 15
difficulty: 2
needs: []
limits: {seconds: 2, megabytes: 512}
forbidden: []
kinds: {none: a mean over no entries is undefined}
---

Say what is given, what is asked for, and why one would want it. Write `NAME(x)`, the
mean of the squares of the entries of `x`, an array of shape $(n,)$.

## Hints

### A nudge

A question that turns the learner's eyes the right way.

### A plan

The steps, in words.

### A line

`x**2` squares every entry.
"""
SOLUTION = '''\
"""What the file is about."""

import numpy as np


def NAME(x: np.ndarray) -> float:
    """Return the mean of the squares.

    x: (n,)
    """
    # BEGIN SOLUTION
    return float(np.mean(x**2))
    # END SOLUTION
'''
TESTS = '''\
"""Tests of the exercise `NAME`: the expected numbers come another way."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


@pytest.mark.points(1)
def test_two_numbers_by_hand(sol):
    """The squares of 3 and 4 are 9 and 16, their mean is 12.5."""
    expect_close(sol.NAME(np.array([3.0, 4.0])), 12.5)


@pytest.mark.points(2)
def test_any_numbers(sol, rng):
    """Large numbers and small ones, of either sign, and a single one."""
    for size, scale in [(7, 1.0), (40, 1e3), (5, 1e-3), (1, 1.0)]:
        x = scale * rng.normal(size=size)
        x[-1] = x[0]  # entries may be equal
        expect_close(sol.NAME(x), math.fsum(v * v for v in x) / size)
'''
FUNCTION = {
    "exercise.md": PAGE,
    "solution.py": SOLUTION,
    "test_NAME.py": TESTS,
    "wrong.yml": adds_up("test_two_numbers_by_hand"),
    "right.yml": OTHER_WAYS,
}


def create(
    root: Path, chapter: str, id_: str, kind: ExerciseKind = ExerciseKind.FUNCTION
) -> Path:
    """Write the files of a new exercise of a kind; returns their folder.

    Raises LearnerError for an id that is no name or is taken, and for a chapter that is
    no `part/topic`; and outside of a book's folder.
    """
    if root == PACKAGED:
        raise LearnerError("a new exercise belongs to a book: go to its folder")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", id_):
        raise LearnerError(f"an id is a Python name in lower case, not {id_!r}")
    if not re.fullmatch(r"[a-z_]+/[a-z_]+", chapter):
        raise LearnerError(f"--chapter is a part and a topic, as {EXAMPLE}")
    folder = root / chapter / id_
    if folder.exists():
        raise LearnerError(f"the id {id_!r} is taken by {folder}")
    files = dict(TEMPLATES.get(kind, FUNCTION))
    if "starter.py" not in files:
        files["starter.py"] = generate(files["solution.py"], folder / "solution.py")
    for name, text in files.items():
        path = folder / name.replace("NAME", id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, text.replace("NAME", id_))
    return folder
