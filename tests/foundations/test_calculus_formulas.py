"""The formulas of calculus, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import REGISTRY, FormulaMismatch, normal
from groundup.foundations import calculus

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/foundations/calculus.md"

n, m = sp.symbols("n m", integer=True, positive=True)
x, y, h, a, b = sp.symbols("x y h a b")
size, bend = sp.symbols("F M", positive=True)
A, B = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("B", m, n)
X, TARGET = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("b", m, 1)
EPS = sp.Rational(1, 2**53)


def near_one(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.5, 2)


def cubic(at: Any) -> Any:
    return a * at**3 + b * at


def of_cubic(slope: Any, x: float, h: float, a: float, b: float) -> Any:
    return slope(lambda t: a * t**3 + b * t, x, h)


CUBIC = {x: near_one, h: near_one, a: (), b: ()}
BOWL = sp.Tuple(2 * x + y, x + 4 * y)
SIZES = {size: near_one, bend: near_one}


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "calculus"


TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "forward_difference",
            (cubic(x + h) - cubic(x)) / h,
            calculus.forward_difference,
            CUBIC,
            {"call": of_cubic},
        ),
        Tie(
            "central_difference",
            (cubic(x + h) - cubic(x - h)) / (2 * h),
            calculus.central_difference,
            CUBIC,
            {"call": of_cubic},
        ),
        Tie(
            "chain_rule",
            sp.cos(a * x**2 + b) * 2 * a * x,
            calculus.derivative,
            {x: normal, a: normal, b: normal},
            {"call": lambda f, x, a, b: f(lambda t: np.sin(a * t**2 + b), x)},
        ),
        Tie(
            "gradient",
            BOWL,
            calculus.gradient,
            {x: (), y: ()},
            {
                "call": lambda f, x, y: f(
                    lambda p: p[0] ** 2 + p[0] * p[1] + 2 * p[1] ** 2, [x, y]
                )
            },
        ),
        Tie(
            "quadratic_form",
            (A + A.T) * X,
            calculus.gradient,
            {n: range(2, 6), A: (n, n), X: (n,)},
            {"call": lambda f, A, x: f(lambda v: v @ A @ v, x)},
        ),
        Tie(
            "least_squares",
            2 * B.T * (B * X - TARGET),
            calculus.gradient,
            {m: range(2, 6), n: range(1, 4), B: (m, n), X: (n,), TARGET: (m,)},
            {"call": lambda f, B, x, b: f(lambda v: np.sum((B @ v - b) ** 2), x)},
        ),
        Tie(
            "best_forward_step",
            2 * sp.sqrt(EPS * size / bend),
            calculus.best_forward_step,
            SIZES,
        ),
        Tie(
            "best_central_step",
            sp.cbrt(3 * EPS * size / bend),
            calculus.best_central_step,
            SIZES,
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    assert REGISTRY[f"calculus.{tie.id}"].function.startswith(
        "groundup.foundations.calculus"
    )


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    calls = re.findall(r'\bverify\(\s*"calculus\.(\w+)"', text)
    derived = re.findall(
        r"^(?:\w+ = )?derivation\(\s*(.*?)^\)", text, re.MULTILINE | re.DOTALL
    )
    boxed = (d for d in derived if " calculus." in d and "boxed=False" not in d)
    calls += [re.findall(r'"calculus\.(\w+)"', d)[0] for d in boxed]
    assert sorted(calls) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("forward_difference", (cubic(x + h) - cubic(x - h)) / (2 * h)),
        ("forward_difference", (cubic(x) - cubic(x + h)) / h),
        ("forward_difference", cubic(x).diff(x)),
        ("central_difference", (cubic(x + h) - cubic(x)) / h),
        ("central_difference", (cubic(x + h) - cubic(x - h)) / h),
        ("chain_rule", sp.cos(a * x**2 + b)),
        ("chain_rule", sp.cos(x) * 2 * a * x),
        ("chain_rule", -sp.cos(a * x**2 + b) * 2 * a * x),
        ("gradient", sp.Tuple(x + 4 * y, 2 * x + y)),
        ("gradient", sp.Tuple(2 * x + y, x + 2 * y)),
        ("gradient", sp.Tuple(2 * x, 4 * y)),
        ("quadratic_form", 2 * A * X),
        ("quadratic_form", 2 * A.T * X),
        ("quadratic_form", (A + A.T) * X / 2),
        ("least_squares", B.T * (B * X - TARGET)),
        ("least_squares", 2 * B.T * (B * X + TARGET)),
        ("best_forward_step", sp.sqrt(EPS * size / bend)),
        ("best_forward_step", 2 * sp.sqrt(2 * EPS * size / bend)),
        ("best_forward_step", 2 * sp.sqrt(EPS * bend / size)),
        ("best_central_step", sp.cbrt(EPS * size / bend)),
        ("best_central_step", sp.sqrt(3 * EPS * size / bend)),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"calculus.{name}"):
        TIES[name].check(expression=wrong)


Dual = calculus.Dual


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("forward_difference", None, "value(f, x))", "value(f, x - h))"),
        ("forward_difference", None, ") / h", ") / (2 * h)"),
        ("central_difference", None, "(2 * h)", "h"),
        ("central_difference", None, "value(f, x - h)", "value(f, x)"),
        ("chain_rule", Dual.outer, "slope * self.slope", "slope"),
        ("chain_rule", Dual.sin, "math.cos(self.value)", "math.cos(self.slope)"),
        ("chain_rule", Dual.__pow__, "power * inner *", "inner *"),
        ("gradient", Dual.__mul__, "self.slope * other.value +", ""),
        ("gradient", None, "k == i", "k <= i"),
        ("gradient", Dual.__add__, "self.slope + other.slope", "self.slope"),
        ("quadratic_form", None, "slopes[i]", "slopes[0]"),
        ("least_squares", Dual.__sub__, "(-other)", "(other)"),
        ("best_forward_step", None, "EPS / 2", "EPS"),
        ("best_forward_step", None, "2 * np.sqrt", "np.sqrt"),
        ("best_central_step", None, "3 *", "2 *"),
        ("best_central_step", None, "np.cbrt", "np.sqrt"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, function: Any, right: str, wrong: str
) -> None:
    tie = TIES[name]
    with planted(function or tie.function, right, wrong):
        with pytest.raises(FormulaMismatch):
            tie.check()
