"""The formulas of linear regression, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from groundup.algorithms import linear_regression as lr
from groundup.formulas import REGISTRY, FormulaMismatch, normal, verify

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/algorithms/linear_regression.md"

n, d, i = sp.symbols("n d i", integer=True, positive=True)
w0, w1, eta = sp.symbols("w_0 w_1 eta")
x, y, y_hat = (sp.IndexedBase(name) for name in ("x", "y", "yhat"))
X, Y = sp.MatrixSymbol("X", n, d), sp.MatrixSymbol("y", n, 1)
W, START, NEXT = (sp.MatrixSymbol(name, d, 1) for name in ("w", "w_0", "w_1"))
x_mean, y_mean, square_mean = sp.symbols("xbar ybar m_2")
POINTS = {n: range(4, 12), x: (n,), y: (n,)}
TABLE = {n: range(6, 14), d: range(1, 4), X: (n, d), Y: (n,)}


def total(term: Any) -> Any:
    return sp.Sum(term, (i, 1, n))


MEANS = {x_mean: total(x[i]) / n, y_mean: total(y[i]) / n}
SLOPE = total((x[i] - x_mean) * (y[i] - y_mean)) / total((x[i] - x_mean) ** 2)
GRADIENT = 2 / n * X.T * (X * W - Y)
STEP = W - eta * GRADIENT
ROOT = sp.sqrt((square_mean - 1) ** 2 + 4 * x_mean**2)


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "linear_regression"


TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "mean_squared_error",
            total((w0 + w1 * x[i] - y[i]) ** 2) / n,
            lr.mean_squared_error,
            POINTS | {w0: (), w1: ()},
            {"call": lambda f, x, y, *w: f(lr.add_intercept(x[:, None]), y, w)},
        ),
        Tie(
            "slope_and_intercept",
            sp.Tuple(SLOPE, y_mean - SLOPE * x_mean),
            lr.slope_and_intercept,
            POINTS,
            {"where": MEANS},
        ),
        Tie("gradient", GRADIENT, lr.gradient, TABLE | {W: (d,)}),
        Tie(
            "normal_equation",
            (X.T * X).I * X.T * Y,
            lr.solve_normal_equation,
            TABLE | {X: normal},  # far from zero it loses its digits
        ),
        Tie(
            "hat_matrix",
            X * (X.T * X).I * X.T,
            lr.hat_matrix,
            {key: TABLE[key] for key in (n, d, X)},
        ),
        Tie(
            "r_squared",
            1 - total((y[i] - y_hat[i]) ** 2) / total((y[i] - y_mean) ** 2),
            lr.r_squared,
            {n: POINTS[n], y: (n,), y_hat: (n,)},
            {"where": {y_mean: MEANS[y_mean]}},
        ),
        Tie(
            "gradient_descent_step",
            STEP,
            lr.gradient_descent,
            TABLE | {START: (d,), eta: lambda rng, shape: rng.uniform(0.01, 1)},
            {
                "where": {W: STEP.subs(W, NEXT), NEXT: STEP.subs(W, START)},
                "call": lambda f, X, y, w, eta: f(X, y, w, eta, 3)[3],
            },
        ),
        Tie(
            "largest_stable_learning_rate",
            2 / (1 + square_mean + ROOT),
            lr.largest_stable_learning_rate,
            {n: POINTS[n], x: (n,)},
            {
                "call": lambda f, x: f(lr.add_intercept(x[:, None])),
                "where": {
                    x_mean: MEANS[x_mean],
                    square_mean: total(x[i] ** 2) / n,
                },
            },
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    assert REGISTRY[f"linear_regression.{tie.id}"].function.startswith(
        "groundup.algorithms.linear_regression"
    )


def test_least_squares_by_qr_agrees_with_the_normal_equation() -> None:
    tie = TIES["normal_equation"]
    tie.check(function=lr.least_squares)
    far = replace(tie, given=TABLE)
    far.check(function=lr.least_squares)
    with pytest.raises(FormulaMismatch):
        far.check()


def test_leverage_is_the_diagonal_of_the_hat_matrix() -> None:
    A = sp.MatrixSymbol("A", 7, 2)
    hat = A * (A.T * A).I * A.T
    units = [sp.Identity(7).as_explicit()[:, k] for k in range(7)]
    diagonal = sp.BlockMatrix([[unit.T * hat * unit] for unit in units])
    verify("linear_regression.leverage", diagonal, lr.leverage, {A: (7, 2)}, points=20)


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    calls = re.findall(r'\bverify\(\s*"linear_regression\.(\w+)"', text)
    derived = re.findall(
        r"^(?:\w+ = )?derivation\(\s*(.*?)^\)", text, re.MULTILINE | re.DOTALL
    )
    boxed = (d for d in derived if " lr." in d and "boxed=False" not in d)
    calls += [re.findall(r'"linear_regression\.(\w+)"', d)[0] for d in boxed]
    assert sorted(calls) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mean_squared_error", total((w0 + w1 * x[i] - y[i]) ** 2)),
        ("mean_squared_error", total((w0 - w1 * x[i] - y[i]) ** 2) / n),
        ("mean_squared_error", total((w0 + w1 * x[i] - y[i]) ** 2) / (n - 1)),
        ("slope_and_intercept", sp.Tuple(y_mean - SLOPE * x_mean, SLOPE)),
        ("slope_and_intercept", sp.Tuple(SLOPE, y_mean + SLOPE * x_mean)),
        ("slope_and_intercept", sp.Tuple(1 / SLOPE, y_mean - SLOPE * x_mean)),
        ("gradient", GRADIENT / 2),
        ("gradient", -GRADIENT),
        ("gradient", 2 * X.T * (X * W - Y)),
        ("gradient", GRADIENT * (1 + sp.Float(1e-9))),
        ("normal_equation", -((X.T * X).I) * X.T * Y),
        ("normal_equation", (X.T * X + 1e-9 * sp.Identity(d)).I * X.T * Y),
        ("hat_matrix", 2 * X * (X.T * X).I * X.T),
        ("hat_matrix", sp.Identity(n) - X * (X.T * X).I * X.T),
        ("r_squared", total((y[i] - y_hat[i]) ** 2) / total((y[i] - y_mean) ** 2)),
        ("r_squared", 1 - total((y[i] - y_hat[i]) ** 2) / total(y[i] ** 2)),
        ("gradient_descent_step", W + eta * GRADIENT),
        ("gradient_descent_step", W - eta * GRADIENT / 2),
        ("largest_stable_learning_rate", 2 / (1 + square_mean - ROOT)),
        ("largest_stable_learning_rate", 1 / (1 + square_mean + ROOT)),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"linear_regression.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("mean_squared_error", "/ len(y)", "/ (len(y) - 1)"),
        ("mean_squared_error", "- y  #", "+ y  #"),
        ("slope_and_intercept", "/ (dx @ dx)", "/ len(dx)"),
        (  # sums of squares and products, with the means taken off afterwards
            "slope_and_intercept",
            "(dx @ (y - y.mean())) / (dx @ dx)",
            "(X[:, 0] @ y / len(y) - X.mean() * y.mean())"
            " / (X[:, 0] @ X[:, 0] / len(y) - X.mean() ** 2)",
        ),
        ("slope_and_intercept", "- slope *", "+ slope *"),
        (
            "slope_and_intercept",
            "float(slope), float(y.mean()",
            "float(slope), float(X.mean()",
        ),
        ("gradient", "2 / len(y)", "1 / len(y)"),
        ("gradient", "2 / len(y)", "2"),
        ("gradient", ") - y  #", ") + y  #"),
        ("normal_equation", "X.T @ y)", "2 * X.T @ y)"),
        ("normal_equation", "(X.T @ X,", "(X.T @ X + 1e-9,"),
        ("hat_matrix", "Q @ Q.T", "2 * Q @ Q.T"),
        ("hat_matrix", "return Q @ Q.T", "return X @ np.linalg.inv(X.T @ X) @ X.T"),
        ("r_squared", "1 - np.sum", "np.sum"),
        ("r_squared", "y - y.mean()", "y - y_pred.mean()"),
        ("gradient_descent_step", "- learning_rate *", "+ learning_rate *"),
        ("gradient_descent_step", "2 / len(y)", "1 / len(y)"),
        ("gradient_descent_step", "X @ path[step] - y", "X @ path[0] - y"),
        ("largest_stable_learning_rate", "2 / largest", "1 / largest"),
        ("largest_stable_learning_rate", "[-1]", "[0]"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    tie = TIES[name]
    with planted(tie.function, right, wrong), pytest.raises(FormulaMismatch):
        tie.check()
