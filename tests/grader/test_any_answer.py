"""Whatever a function returns, the grader ends with a verdict that can be printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from groundup.grader.alike import same_value
from groundup.grader.exercise import load
from groundup.grader.grading import grade
from rich.console import Console

SOFTMAX = (
    Path(__file__).resolve().parents[2] / "exercises/transformers/attention/softmax"
)
SCALING = SOFTMAX.parents[2] / "algorithms/linear_regression/scaling"
ANSWERS = [
    "None",
    "True",
    "'text'",
    "'\\ud800 \\x1b[2J'",
    "b'bytes'",
    "{}",
    "{'a': np.zeros(3), 1: 'b'}",
    "[]",
    "()",
    "[[1.0], [1.0, 2.0]]",
    "[None, 'x', 1]",
    "10**400",
    "[10**400]",
    "1j * np.ones(3)",
    "np.array(['a', 'b', 'c'])",
    "np.array([object()])",
    "np.zeros(3, dtype='datetime64[s]')",
    "np.zeros(3, dtype=[('a', float)])",
    "np.matrix([[1.0, 2.0]])",
    "np.ma.masked_array([1.0, 2.0], [0, 1])",
    "np.zeros((0, 3))",
    "np.float64('nan')",
    "np.full(np.shape(x), -np.inf)",
    "np.full(np.shape(x), True)",
    "np.zeros(5_000_000)",
    "(i for i in x)",
    "np.sum",
    "Exception('x')",
    "Own()",
    "(Own(), [Own()])",
    "{'own': Own()}",
]
OWN = """import numpy as np
class Own:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return np.ones(3) / 3
"""


FEW = ["None", "'text'", "{}", "(1.0, 'x', Own())", "np.zeros((0, 3))", "[[1.0], []]"]
CASES = [(SOFTMAX, answer) for answer in ANSWERS] + [(SCALING, a) for a in FEW]


@pytest.mark.parametrize(("folder", "answer"), CASES)
def test_any_answer_gets_a_verdict_that_can_be_printed(
    folder: Path, answer: str, tmp_path: Path
) -> None:
    exercise = load(folder)
    functions = "\n".join(
        f"def {name}(*x, **kw):\n    x = x[0]\n    return {answer}\n"
        for name in exercise.signatures
    )
    file = tmp_path / "answer.py"
    file.write_text(OWN + functions)
    report = grade(exercise, file, seed=0)
    assert report.score < report.max
    assert len(report.tests) == len(exercise.tests)
    messages = [test.message for test in report.tests if test.status != "pass"]
    assert all(messages)
    json.dumps(report.json()).encode("ascii")
    for message in messages:
        message.encode("utf-8")
        assert "\x1b" not in message
        assert "Traceback" not in message
        with Console(quiet=True) as console:
            console.print(message)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1.0 + 1e-15, True),
        ((1, [2.0]), [1, (2.0,)], True),
        ({"a": 1.0}, {"a": 1.0 + 1e-15}, True),
        ({"a": 1.0}, {"b": 1.0}, False),
        ("a", "a", True),
        ("a", 1.0, False),
        (1j, 2j, False),
        (1j, 0.0, False),
        (None, None, True),
    ],
)
def test_values_are_the_same_but_for_rounding(
    one: object, other: object, same: bool
) -> None:
    assert same_value(one, other) is same
