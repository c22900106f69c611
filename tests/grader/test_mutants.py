"""Mutants: each a program, changed in one place; survivors are listed with reasons."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from groundup.grader import proofs
from groundup.grader.exercise import load
from groundup.grader.mutants import SURVIVORS, listed_survivors, mutants

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
SOURCE = """
def f(x, y):
    if x > 0 and not y:
        return -x.T @ np.sum(x + 2, axis=-1, keepdims=True)
    return x ** y
"""


def test_each_mutant_is_a_program_and_another_one() -> None:
    found = list(mutants(SOURCE))
    texts = {ast.unparse(ast.parse(mutant.source)) for mutant in found}
    assert len(texts) == len(found)
    assert ast.unparse(ast.parse(SOURCE)) not in texts


@pytest.mark.parametrize(
    "expected",
    [
        "x <= 0 and (not y)",
        "x > 0 or not y",
        "+x.T @",
        "-x.T * np",
        "-x.real @",
        "np.mean(",
        "x - 2",
        "x + 3",
        "axis=-2",
        "keepdims=False",
        "np.sum(x + 2, axis=-1)",
        "np.sum(x + 2, keepdims=True)",
        "x * y",
        "if False",
        "if True",
    ],
)
def test_every_kind_of_change_is_made(expected: str) -> None:
    assert any(expected in mutant.source for mutant in mutants(SOURCE))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "transformers/attention/softmax"
    shutil.copytree(SOFTMAX, folder)
    return folder


def test_tests_that_look_away_let_mutants_survive(copy: Path) -> None:
    file = copy / "test_softmax.py"
    text = file.read_text()
    hard = "rng.permutation([-1e3, 0.0, 1.0, 2.0, 1e3])"
    assert hard in text
    file.write_text(text.replace(hard, "0.0"))
    exercise = load(copy)
    problems, killed, every = proofs.mutant_problems(exercise)
    assert killed < every
    assert any("np.max -> call min" in problem for problem in problems)


def test_a_survivor_that_dies_is_not_to_be_listed(copy: Path) -> None:
    (copy / SURVIVORS).write_text('"line 1: a -> b": it computes the same\n')
    problems, *_ = proofs.mutant_problems(load(copy))
    assert problems == ["listed as a survivor, but dies: line 1: a -> b"]


@pytest.mark.parametrize("text", ["- a", "a: ''", "a: 1", "just words"])
def test_survivors_need_names_and_reasons(copy: Path, text: str) -> None:
    (copy / SURVIVORS).write_text(text)
    with pytest.raises(ValueError, match="each with a reason"):
        listed_survivors(load(copy))
