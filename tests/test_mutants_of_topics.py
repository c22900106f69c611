"""The tool that puts topics through the mutator: what it changes, and what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest
from groundup.algorithms import linear_regression as lr
from groundup.grader.mutants import reasons_in
from groundup.transformers import attention as at

from tests.mutants import ROOT, Mutation, changes, functions, modules, named, problems

TOPIC = '''
"""A topic of two functions, one of them tested in full."""

import math


def half(x: float, by: float = 2) -> float:
    """Return half of a number."""
    return x / by


def root(x: float) -> float:
    """Return the root of a number."""
    if x < 0:
        raise ValueError(f"{x} has no root")
    return math.sqrt(x)


def _hidden(x: float) -> float:
    return x + 1
'''
TESTS = """
from topic import half as kept, root

def test_half() -> None:
    assert kept(3) == 1.5

def test_root() -> None:
    assert root(4) == 2 and root(0.25) == 0.5

def test_an_error_planted_is_left_out() -> None:
    assert False
"""
SCRIPT = """
import topic
from pathlib import Path
from tests.mutants import changes, functions, problems, try_all

every = [change for f in functions(topic) for change in changes(f)]
found = try_all([Path("test_topic.py")], every)
print(f"{len(every)} mutants, {found.tests} tests")
print(*problems(found, {}), sep="\\n")
"""


def qualified(topic: str) -> set[str]:
    return {f.__qualname__ for m in modules(topic) for f in functions(m)}


def test_every_public_function_and_method_of_a_topic_is_changed() -> None:
    found = qualified("algorithms/linear_regression")
    assert {"gradient", "LinearRegression.fit", "LinearRegression.__init__"} <= found
    assert "LinearRegressionGD.safe_rate" in found  # a static method
    # What the part's topics share.
    assert {"check_descent", "LinearModel.predict", "solve_triangle"} <= found
    assert not {"check_is_fitted", "validate_data"} & found  # those of others
    # A topic of several modules, and a class method of one.
    of_modules = {"flops", "generate", "top_k", "rotate", "LanguageModel.smollm2"}
    assert of_modules <= qualified("transformers/language_model")
    # What measures for minutes is no part of what is tested.
    found = qualified("transformers/fine_tuning")
    assert "adapted_linear_forward" in found and not {"tuned", "judged"} & found


def test_a_change_is_known_wherever_the_function_is() -> None:
    function = at.causal_mask
    assert isinstance(function, FunctionType)
    code, defaults = function.__code__, function.__defaults__
    (change,) = (c for c in changes(function) if c.name.endswith("-> swap Sub"))
    assert change.name == "causal_mask: line 10: n_keys - n_queries -> swap Sub"
    assert function(2, 2).sum() == 3
    change.plant()
    try:
        assert function(2, 2).all() and at.masks.causal_mask(2, 2).all()
    finally:
        function.__code__, function.__defaults__ = code, defaults


def test_what_no_test_notices_is_told(tmp_path: Path) -> None:
    (tmp_path / "topic.py").write_text(TOPIC)
    (tmp_path / "test_topic.py").write_text(TESTS)
    places = os.pathsep.join(map(str, (tmp_path, ROOT, ROOT / "code")))
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=False,
    )
    count, *told = done.stdout.splitlines()
    assert count == "9 mutants, 2 tests", done.stdout + done.stderr
    assert sorted(told) == [
        "more than a twentieth survived: 2",
        "survived, and nobody says why: root: line 3: 0 -> minus 1",
        "survived, and nobody says why: root: line 3: if x < 0: raise"
        " ValueError(f'{x} has no root') -> never",
    ]


def mutation(survived: list[str], every: int) -> Mutation:
    changed = list(changes(lr.gradient)) * every
    return Mutation(changed[:every], 1, survived, problem="")


def test_survivors_need_a_reason_and_are_few() -> None:
    assert problems(mutation(["a"], 40), {"a": "computes the same"}) == []
    assert problems(mutation(["a"], 40), {}) == ["survived, and nobody says why: a"]
    assert problems(mutation([], 40), {"a": "it does"}) == [
        "listed as a survivor, but dies: a"
    ]
    three = {name: "computes the same" for name in "abc"}
    assert problems(mutation([*three], 40), three) == [
        "more than a twentieth survived: 3"
    ]


LISTS = sorted((ROOT / "tests").glob("*/*_survivors.yml"))


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_every_survivor_that_has_a_reason_is_a_mutant_of_today(file: Path) -> None:
    topic = f"{file.parent.name}/{file.stem.removesuffix('_survivors')}"
    of_topic = [f for module in modules(topic) for f in functions(module)]
    names = {change.name for function in of_topic for change in changes(function)}
    assert reasons_in(file).keys() <= names


def test_a_topic_is_named_as_in_the_contents() -> None:
    assert named("attention") == named("transformers/attention")
    with pytest.raises(SystemExit, match="there is no topic 'nothing'"):
        named("nothing")
