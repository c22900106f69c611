"""The formulas of vectors, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import REGISTRY, FormulaMismatch
from groundup.foundations import vectors

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/foundations/vectors.md"

n, i, j = sp.symbols("n i j", integer=True, positive=True)
p, A, B, t12, t13, t23 = sp.symbols("p A B t_12 t_13 t_23")
a, b, v1, v2, v3 = (sp.IndexedBase(name) for name in ("a", "b", "v_1", "v_2", "v_3"))
ALONE = {n: range(1, 9), a: (n,)}
PAIR = {n: range(1, 9), a: (n,), b: (n,)}


def total(term: Any, index: Any = i) -> Any:
    return sp.Sum(term, (index, 1, n))


def left_of(column: int) -> Callable[..., Any]:
    """Return what calls Gram-Schmidt and takes what it leaves of one column."""

    def call(function: Callable[..., Any], *columns: Any) -> Any:
        Q, R = function(np.column_stack(columns))
        return Q[:, column] * R[column, column]

    return call


LENGTH = sp.sqrt(total(a[i] ** 2))
OTHER = sp.sqrt(total(b[i] ** 2))
DOT = total(a[i] * b[i])
COSINE = DOT / (LENGTH * OTHER)
T = DOT / total(b[i] ** 2)
SHADOW = total(a[j] * b[j], j) / total(b[j] ** 2, j) * b[i]
SUM, DIFFERENCE = (
    sp.sqrt(total((a[i] / A + sign * b[i] / B) ** 2)) for sign in (1, -1)
)
SECOND = v2[i] - total(v1[j] * v2[j], j) / total(v1[j] ** 2, j) * v1[i]
U2 = v2[j] - t12 * v1[j]
THIRD = v3[i] - t13 * v1[i] - t23 * (v2[i] - t12 * v1[i])
SHARES = {
    t23: total(U2 * v3[j], j) / total(U2**2, j),
    t13: total(v1[j] * v3[j], j) / total(v1[j] ** 2, j),
    t12: total(v1[j] * v2[j], j) / total(v1[j] ** 2, j),
}


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "vectors"


TIES = {
    tie.id: tie
    for tie in (
        Tie("norm", LENGTH, vectors.norm, ALONE),
        Tie(
            "p_norm",
            total(abs(a[i]) ** p) ** (1 / p),
            vectors.norm,
            ALONE | {p: lambda rng, shape: rng.uniform(1, 6)},
        ),
        Tie("dot_product", DOT, vectors.dot, PAIR),
        Tie("cosine", COSINE, vectors.cosine, PAIR),
        Tie(
            "angle",
            DIFFERENCE / SUM,
            vectors.angle,
            PAIR | {n: range(2, 9)},
            {
                "where": {A: LENGTH, B: OTHER},
                "call": lambda f, a, b: np.tan(f(a, b) / 2),
            },
        ),
        Tie("projection_coefficient", T, vectors.projection_coefficient, PAIR),
        Tie("projection", SHADOW, vectors.project, PAIR, {"each": {i: n}}),
        Tie(
            "gram_schmidt",
            SECOND,
            vectors.gram_schmidt,
            {n: range(2, 9), v1: (n,), v2: (n,)},
            {"each": {i: n}, "call": left_of(1)},
        ),
        Tie(
            "third_axis",
            THIRD,
            vectors.gram_schmidt,
            {n: range(3, 9), v1: (n,), v2: (n,), v3: (n,)},
            {"each": {i: n}, "call": left_of(2), "where": SHARES},
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    assert REGISTRY[f"vectors.{tie.id}"].function.startswith(
        "groundup.foundations.vectors"
    )


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    calls = re.findall(r'\bverify\(\s*"vectors\.(\w+)"', text)
    assert sorted(calls) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("norm", total(a[i] ** 2)),
        ("norm", total(abs(a[i]))),
        ("norm", sp.sqrt(total(a[i] ** 2) / n)),
        ("p_norm", total(abs(a[i]) ** p)),
        ("p_norm", LENGTH),
        ("dot_product", total(a[i] + b[i])),
        ("dot_product", DOT / n),
        ("dot_product", total(abs(a[i] * b[i]))),
        ("cosine", DOT),
        ("cosine", DOT / OTHER),
        ("cosine", DOT / (LENGTH * OTHER) ** 2),
        ("cosine", COSINE * (1 + sp.Float(1e-9))),
        ("angle", SUM / DIFFERENCE),
        ("angle", DIFFERENCE),
        ("projection_coefficient", DOT / OTHER),
        ("projection_coefficient", DOT / total(a[i] ** 2)),
        ("projection_coefficient", -T),
        ("projection", SHADOW.subs(b[i], a[i])),
        ("projection", a[i] - SHADOW),
        ("gram_schmidt", v2[i]),
        ("gram_schmidt", 2 * SECOND - v2[i]),
        ("gram_schmidt", v2[i] - total(v1[j] * v2[j], j) * v1[i]),
        ("third_axis", v3[i] - t13 * v1[i] - t23 * v2[i]),
        ("third_axis", v3[i] - t13 * v1[i]),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"vectors.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("norm", vectors.norm, "** p) ** (1 / p)", "** p)"),
        ("norm", vectors.norm, "np.sum(", "np.mean("),
        ("p_norm", vectors.norm, "largest * np.sum", "np.sum"),
        ("p_norm", vectors.norm, "np.abs(finite", "(finite"),
        ("p_norm", vectors.norm, "** p)", "** 2)"),
        ("dot_product", vectors.dot, "a @ b", "a @ a"),
        ("dot_product", vectors.dot, "a @ b", "abs(a) @ b"),
        ("cosine", vectors.cosine, 'direction(b, "b")', "b"),
        ("cosine", vectors.cosine, 'direction(b, "b"), -1', 'direction(b, "b"), 0'),
        ("angle", vectors.angle, "2 * math", "math"),
        (
            "angle",
            vectors.angle,
            "norm(u - v), norm(u + v)",
            "norm(u + v), norm(u - v)",
        ),
        ("angle", vectors.angle, 'direction(b, "b")', "b"),
        (
            "projection_coefficient",
            vectors.projection_coefficient,
            "/ length",
            "* length",
        ),
        ("projection_coefficient", vectors.projection_coefficient, "/ length", ""),
        (
            "projection_coefficient",
            vectors.projection_coefficient,
            "length = norm(b)",
            "length = norm(a)",
        ),
        ("projection", vectors.project, "* unit", "* b"),
        ("projection", vectors.project, "* unit", "* a"),
        ("gram_schmidt", vectors.once, "v - Q", "v + Q"),
        (
            "gram_schmidt",
            vectors.once,
            "return shadows, v - Q @ shadows",
            "return shadows, v",
        ),
        ("third_axis", vectors.orthogonalized, "Q[:, :j]", "Q[:, :1]"),
        ("third_axis", vectors.orthogonalized, "rest / R[j, j]", "rest"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises(FormulaMismatch):
        TIES[name].check()
