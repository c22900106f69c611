"""Other kinds of the same numbers: the answer really gets them, and what is said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.grader.exercise import load
from groundup.grader.grading import Report, grade
from groundup.grader.kinds import PLAIN, SAME_NUMBERS
from groundup.grader.process import Worker
from groundup.grader.submission import Functions, Submission
from groundup.grader.tried import kind_problems

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = load(ROOT / "exercises/transformers/attention/softmax")
GRADIENT = load(ROOT / "exercises/algorithms/linear_regression/gradient")
KINDS = {kind.name: kind for kind in SAME_NUMBERS}
FILE = """
import numpy as np

def seen(x):
    flags = x.flags
    return bool(flags.c_contiguous), bool(flags.f_contiguous), str(x.dtype), x.tolist()

def inside(w):
    return seen(w["x"])

def mine():
    return np.arange(6.0).reshape(2, 3).T
"""
SOFTMAX_BY_ROWS = """
import numpy as np

def softmax(x):
    {out}
    rows = out.reshape(-1, out.shape[-1])
    for k, row in enumerate(x.reshape(rows.shape)):
        powers = np.exp(row - row.max())
        rows[k] = powers / powers.sum()
    return out
"""
SOFTMAX_OF = """
import numpy as np

def softmax(x):
    {x}
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)
"""
STRIDED = "np.lib.stride_tricks.as_strided(x, strides=np.ones(x.shape).strides)"
SHORT = "np.round(x, 1) if x.dtype == np.float32 and x.ndim == 1 else x"


@pytest.fixture
def submission(tmp_path: Path) -> Iterator[Submission]:
    """A file that tells what it gets."""
    file = tmp_path / "answer.py"
    file.write_text(FILE, "utf-8")
    worker = Worker(SOFTMAX.limits)
    yield Submission(file, SOFTMAX, worker)
    worker.stop()


@pytest.mark.parametrize(
    ("kind", "flags"),
    [
        ("columns", (False, True, "float64")),
        ("gaps", (False, False, "float64")),
        ("whole", (True, False, "int64")),
        ("float32", (True, False, "float32")),
    ],
)
def test_an_answer_gets_the_kind_in_question(
    submission: Submission, kind: str, flags: tuple[Any, ...]
) -> None:
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    sol = Functions(submission)
    plain = (True, False, "float64", x.tolist())
    for given in (x, np.asfortranarray(x), np.repeat(x, 2, axis=1)[:, ::2]):
        submission.begin(PLAIN)
        assert sol.seen(given) == sol.seen(x=given) == sol.inside({"x": given}) == plain
        submission.begin(KINDS[kind])
        found = sol.seen(given), sol.seen(x=given), sol.inside({"x": given})
        assert found == ((*flags, x.tolist()),) * 3


def test_what_an_answer_returned_goes_back_as_it_was(submission: Submission) -> None:
    for kind in SAME_NUMBERS:
        submission.begin(kind)
        sol = Functions(submission)
        assert sol.seen(sol.mine())[:3] == (False, True, "float64")


def test_numbers_with_fractions_and_large_ones_stay_floats() -> None:
    whole = KINDS["whole"]
    for values in ([0.5, 1.0], [1.0, 0.5], [1e9], [np.nan], [np.inf], []):
        assert not whole.fits(np.array(values))


def graded(tmp_path: Path, source: str) -> Report:
    file = tmp_path / "softmax.py"
    file.write_text(source, "utf-8")
    return grade(SOFTMAX, file, seed=0)


@pytest.mark.parametrize(
    ("source", "test", "told"),
    [
        (
            SOFTMAX_BY_ROWS.format(out='out = np.zeros_like(x, order="C")'),
            "large_scores",
            ["Here they come as integers", "shape (3, 2), integers"],
        ),
        (
            SOFTMAX_BY_ROWS.format(out="out = np.zeros_like(x, float)"),
            "any_number_of_axes",
            ["come in Fortran order", "…, Fortran order"],
        ),
        (
            SOFTMAX_OF.format(x=f"x = {STRIDED} if x.ndim == 1 else x"),
            "three_scores_by_hand",
            ["shape (3,), every second entry of a larger array"],
        ),
        (
            SOFTMAX_OF.format(x=f"x = {SHORT}"),
            "three_scores_by_hand",
            ["the same numbers come as float32", "shape (3,), float32"],
        ),
    ],
)
def test_wrong_numbers_for_a_kind_fail_one_test_and_say_which(
    tmp_path: Path, source: str, test: str, told: list[str]
) -> None:
    report = graded(tmp_path, source)
    failed = [t for t in report.tests if t.status != "pass"]
    assert [t.id for t in failed] == [test]
    said = " ".join(failed[0].message.split())
    assert "your answer passes this test" in said
    assert all(text in said for text in told)


@pytest.mark.parametrize(
    "x",
    [
        "x = np.array(x); x /= 1",  # of integers: no such cast
        "x, n = np.array(x), x.shape; x.shape = (-1, n[-1]); x.shape = n",
        "x = x.view(np.int64).view(x.dtype)",
    ],
)
def test_an_error_for_a_kind_is_no_fault(tmp_path: Path, x: str) -> None:
    assert graded(tmp_path, SOFTMAX_OF.format(x=x)).passed


def replaced(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def test_the_proof_notices_what_nobody_tries_and_what_is_said_in_vain(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "part/topic/gradient"
    shutil.copytree(GRADIENT.folder, folder)
    assert kind_problems(load(folder)) == []
    replaced(folder, "exercise.md", "kinds: {none:", "kinds: {nobody:")
    unknown, untried = kind_problems(load(folder))
    assert unknown.startswith("exercise.md: kinds.nobody is no kind of input")
    assert untried.startswith("no test tries the kind 'none'")
    replaced(folder, "exercise.md", "kinds: {nobody:", "kinds: {batch: x, none:")
    [vain] = kind_problems(load(folder))
    assert vain == "exercise.md: kinds.batch goes without saying"
    replaced(folder, "exercise.md", "kinds: {batch:", "kinds: {one:")
    [tried] = kind_problems(load(folder))
    assert tried.startswith("exercise.md: kinds.one is said to have no meaning")


def test_the_proof_notices_a_solution_that_cannot_take_a_kind(tmp_path: Path) -> None:
    folder = tmp_path / "part/topic/gradient"
    shutil.copytree(GRADIENT.folder, folder)
    old = "    error = X @ w - y"
    refuses = '    if X.dtype == "float32":\n        raise TypeError(X.dtype)\n'
    replaced(folder, "solution.py", old, refuses + old)
    [untried] = kind_problems(load(folder))
    assert untried.startswith("no test tries the kind 'float32'")
