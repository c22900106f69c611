"""Templates of the kinds of exercises beside functions, small and complete.

Like the function of `authoring`, they are about the mean of squares. NAME stands for
the exercise's name.
"""

from __future__ import annotations

from .exercise_kinds import ExerciseKind

HINTS = """
## Hints

### A nudge

A question that turns the learner's eyes the right way.

### A plan

The steps, in words.

### A line

`x**2` squares every entry.
"""
COMMON = "minutes: 15\ndifficulty: 2\nneeds: []\n"
GUARDS = "limits: {seconds: 2, megabytes: 512}\nforbidden: []\n"
NO_MEAN = "kinds: {none: a mean over no entries is undefined}\n"
SIGNATURE = '''\
def NAME(x: np.ndarray) -> float:
    """Return the mean of the squares.

    x: (n,)
    """
'''
ABOUT = '"""What the file is about."""\n\nimport numpy as np\n\n\n'
REGION = "    # BEGIN SOLUTION\n    return float(np.mean(x**2))\n    # END SOLUTION\n"
OTHER_WAYS = """\
dot:
  edits:
    - find: np.mean(x**2)
      put: x @ x / x.size

loop:
  body: |
    def NAME(x):
        total = 0.0
        for value in x:
            total += value * value
        return total / len(x)
"""
TESTS = '''\
"""Tests of the exercise `NAME`: the expected numbers come another way."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close


@pytest.mark.points(1)
def test_two_numbers(sol):
    """The squares of 3 and 4 are 9 and 16, their mean is 12.5."""
    expect_close(sol.NAME(np.array([3.0, 4.0])), 12.5)


@pytest.mark.points(2)
def test_any_numbers(sol, rng):
    """Large numbers and small ones, of either sign, equal ones and a single one."""
    for size, scale in [(7, 1.0), (40, 1e3), (5, 1e-3), (1, 1.0)]:
        x = scale * rng.normal(size=size)
        x[-1] = x[0]
        expect_close(sol.NAME(x), math.fsum(v * v for v in x) / size)
'''
PAPER = '"""What is computed by hand."""\n\n\ndef NAME() -> tuple[float | str, ...]:\n'
PAPER += '    """Return the mean of the squares of 3 and 4."""\n'
FORMS = """\
decimals:
  edits:
    - find: (3**2 + 4**2) / 2
      put: "'12.5'"

fraction:
  edits:
    - find: (3**2 + 4**2) / 2
      put: "'25/2'"
"""


def adds_up(fails: str, find: str = "np.mean", put: str = "np.sum") -> str:
    """Return the wrong answer that does not divide, and what it fails."""
    return f"""\
sum_not_mean:
  misconception: adds up the squares, and does not divide
  fails: {fails}
  message: >
    This is the sum of the squares. Their mean is that sum divided by how many they are.
  edits:
    - find: {find}
      put: {put}
"""


def page(kind: ExerciseKind, more: str, task: str) -> str:
    """Return the page of an exercise: its keys, the task, three hints."""
    keys = f"title: What the learner does\nkind: {kind}\npoints: 3\n{COMMON}{more}"
    return f"---\n{keys}---\n\n{task}{HINTS}"


BY_HAND = {
    "exercise.md": page(
        ExerciseKind.BY_HAND,
        "fields: {The mean: 3}\ntolerance: 0.01\n",
        "What is the mean of the squares of 3 and 4?\n",
    ),
    "solution.py": PAPER
    + "    # BEGIN SOLUTION\n    return ((3**2 + 4**2) / 2,)\n    # END SOLUTION\n",
    "wrong.yml": adds_up("test_the_mean", "(3**2 + 4**2) / 2", "3**2 + 4**2"),
    "right.yml": FORMS,
}
BUG = {
    "exercise.md": page(
        ExerciseKind.BUG,
        GUARDS + NO_MEAN,
        "`NAME(x)` should return the mean of the squares of `x`, of shape $(n,)$. Say\n"
        "what one observes, not where the mistake is.\n",
    ),
    "solution.py": f"{ABOUT}{SIGNATURE}    return float(np.mean(x**2))\n",
    "starter.py": f"{ABOUT}{SIGNATURE}    return float(np.mean(x) ** 2)\n",
    "test_NAME.py": TESTS,
    "wrong.yml": adds_up("test_two_numbers"),
    "right.yml": OTHER_WAYS,
}
PREDICT = {
    "exercise.md": page(
        ExerciseKind.PREDICT,
        GUARDS
        + NO_MEAN
        + "prediction:\n  asks: How large is the mean of the squares of 3 and 4?\n"
        + "  unit: units\n  measured_by: test_two_numbers\n",
        "Predict first. Then write `NAME(x)`, the mean of the squares of the entries\n"
        "of `x`, of shape $(n,)$, and measure.\n",
    ),
    "solution.py": f"{ABOUT}{SIGNATURE}{REGION}",
    "test_NAME.py": TESTS,
    "wrong.yml": adds_up("test_two_numbers"),
    "right.yml": OTHER_WAYS,
}
JUDGE = '''\
def NAME(x: np.ndarray, result: float) -> bool:
    """Tell whether a result is the mean of the squares of x, of shape (n,)."""
'''
JUDGE_TESTS = '''\
"""Tests of the exercise `NAME`: each wrong function has its own."""

import pytest


def expect_refused(name, sol, candidates, rng):
    """Try the learner's test on a wrong function, and on the right one."""
    candidates.expect_refused(
        name, "mean_square", sol.NAME, lambda: (rng.normal(size=5),), rng
    )


@pytest.mark.points(1)
def test_adds_up(sol, candidates, rng):
    """The function that adds up is told from the right one."""
    expect_refused("adds_up", sol, candidates, rng)


@pytest.mark.points(2)
def test_absolute(sol, candidates, rng):
    """The function that takes absolute values is told from the right one."""
    expect_refused("absolute", sol, candidates, rng)
'''
ACCEPTS_ALL = """\
accepts_all:
  misconception: looks at the sign alone
  fails: test_adds_up
  message: >
    Many numbers that are wrong are not negative.
  edits:
    - find: np.isclose(result, np.mean(x**2))
      put: result >= 0
"""
OTHER_JUDGES = """\
dot:
  edits:
    - find: bool(np.isclose(result, np.mean(x**2)))
      put: abs(result - x @ x / len(x)) < 1e-9

sum:
  body: |
    import numpy as np


    def NAME(x, result):
        total = sum(v * v for v in x)
        return np.allclose(len(x) * result, total)
"""


def candidate(value: str, flaw: str = "") -> str:
    """Return a function that a learner's test is tried on."""
    head = '"""The mean of the squares."""'
    if flaw:
        head = f'"""\nflaw: {flaw}\nescapes: >\n  Your test accepts it: {flaw}.\n"""'
    body = f"def mean_square(x):\n    return {value}\n"
    return f"{head}\n\nimport numpy as np\n\n\n{body}"


TEST = {
    "exercise.md": page(
        ExerciseKind.TEST,
        GUARDS,
        "Write `NAME(x, result)`, which tells whether `result` is the mean of the\n"
        "squares of `x`, of shape $(n,)$. It is tried on a right function and wrong\n"
        "ones.\n",
    ),
    "solution.py": f"{ABOUT}{JUDGE}    # BEGIN SOLUTION\n"
    "    return bool(np.isclose(result, np.mean(x**2)))\n    # END SOLUTION\n",
    "test_NAME.py": JUDGE_TESTS,
    "candidates/right.py": candidate("float(np.mean(x**2))"),
    "candidates/adds_up.py": candidate("float(np.sum(x**2))", "it adds up"),
    "candidates/absolute.py": candidate(
        "float(np.mean(np.abs(x)))", "it takes absolute values"
    ),
    "wrong.yml": ACCEPTS_ALL,
    "right.yml": OTHER_JUDGES,
}
TEMPLATES = {
    ExerciseKind.BY_HAND: BY_HAND,
    ExerciseKind.BUG: BUG,
    ExerciseKind.PREDICT: PREDICT,
    ExerciseKind.TEST: TEST,
}
