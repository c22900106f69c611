"""Formulas worked by hand: all numbers are computed, and a wrong one is caught."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import WorkedMismatch, times, work, worked

n, i = sp.symbols("n i", integer=True, positive=True)
w, g, eta = sp.symbols("w g eta")
e, x = sp.IndexedBase("e"), sp.IndexedBase("x")
STEP = {w: 0, eta: 0.1, g: -8.0}
POINTS: dict[Any, Any] = {n: 4, e: [-2, -3, -5, -6], x: [1, 2, 3, 4]}


def total(term: Any) -> Any:
    return sp.Sum(term, (i, 1, n))


def steps(*arguments: Any, **options: Any) -> list[str]:
    (row,) = worked("topic.hand", [work("q", *arguments, **options)]).rows
    return [f"{sign} {latex}" for sign, latex in row.steps]


@pytest.mark.parametrize(
    ("expression", "values", "shown"),
    [
        (w - eta * g, STEP, [r"= 0 - 0.1 \cdot \left(-8\right)", r"= \mathbf{0.8}"]),
        (w / eta, {w: 2, eta: 3}, [r"= \frac{2}{3}", r"\approx \mathbf{0.667}"]),
        (
            w * eta,
            {w: 1 / 3, eta: 3},
            [r"\approx 3 \cdot 0.333", r"\approx \mathbf{1}"],
        ),
        (times(w, eta), {w: 2.5, eta: 16}, [r"= 2.5 \cdot 16", r"= \mathbf{40}"]),
        (w * 2, {w: 0.1 + 0.2}, [r"= 2 \cdot 0.3", r"= \mathbf{0.6}"]),
        (w, {w: 1e-7}, ["= 10^{-7}", r"= \mathbf{10^{-7}}"]),
        (
            times(2 / n, total(e[i] * x[i])),
            {**POINTS, n: 2},
            [
                r"= \frac{2}{2} \left(\left(-2\right) \cdot 1"
                r" + \left(-3\right) \cdot 2\right)",
                r"= \mathbf{-8}",
            ],
        ),
        (
            total(x[i]) / n,
            {n: 8, x: range(8)},
            [r"= \frac{0 + 1 + \cdots + 7}{8}", r"= \mathbf{3.5}"],
        ),
        (
            total(x[i] * i),
            {n: 2, x: [5, 7]},
            [r"= 1 \cdot 5 + 2 \cdot 7", r"= \mathbf{19}"],
        ),
    ],
)
def test_numbers_take_the_place_of_symbols(
    expression: Any, values: Any, shown: list[str]
) -> None:
    assert steps(expression, values, digits=3)[1:] == shown


def test_the_formula_comes_first_with_its_sign() -> None:
    first, *_ = steps(w - eta * g, STEP, sign=r"\leftarrow")
    assert first == r"\leftarrow - \eta g + w" or first == r"\leftarrow w - \eta g"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"gives": 0.9}, r"topic\.hand, line 1: 0\.9 is written, the result is 0\.8"),
        ({"gives": -0.8}, "is written"),
        ({"code": 0.8000001}, "the code gives 0.8000001, it is 0.8"),
    ],
)
def test_a_wrong_number_is_caught(options: dict[str, float], message: str) -> None:
    steps(w - eta * g, STEP, gives=0.8, code=0.8)
    with pytest.raises(WorkedMismatch, match=message):
        steps(w - eta * g, STEP, **options)


@pytest.mark.parametrize(
    ("expression", "values", "message"),
    [
        (w - eta, {w: 1}, "line 1: no values for eta"),
        (w, {w: 1, eta: 2}, "line 1: no eta in the formula"),
        (w, {w: np.ones(3)}, "expected a number"),
    ],
)
def test_values_have_to_fit_the_formula(
    expression: Any, values: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        steps(expression, values)


def test_there_has_to_be_something_to_work() -> None:
    with pytest.raises(ValueError, match="there are no lines"):
        worked("topic.hand", [])
