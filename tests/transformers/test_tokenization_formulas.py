"""The formulas of tokenization, tied to their code without the page.

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
from groundup.formulas import REGISTRY, FormulaMismatch, normal, shifted
from groundup.transformers import tokenization as tk

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/tokenization.md"

n, V, d = sp.symbols("n V d", integer=True, positive=True)
i = sp.Symbol("i", integer=True, positive=True)
alpha = sp.Symbol("alpha", positive=True)
m, r = sp.symbols("m r", real=True)
h, j = sp.symbols("h j", integer=True, positive=True)
speed, base = sp.symbols("omega_j B", positive=True)
q, k = sp.IndexedBase("q", shape=(2 * h,)), sp.IndexedBase("k", shape=(2 * h,))
p = sp.IndexedBase("p", shape=(n,))
X, E, U = (
    sp.MatrixSymbol(name, *shape)
    for name, shape in {"X": (n, V), "E": (V, d), "U": (V, d)}.items()
)
a, b, v, y, prob = (
    sp.MatrixSymbol(name, size, 1)
    for name, size in zip("abvyp", (V, V, d, V, V), strict=True)
)
RAISED, ONES = sp.MatrixSymbol("A", V, V), sp.OneMatrix(V, 1)
COUNTS = X[: n - 1, :].T * X[1:, :]
EXP = (U * v).applyfunc(sp.exp)
ERROR = EXP * (ONES.T * EXP).I - y
SIZES = {n: range(2, 30), V: range(2, 6)}
ALONG, ACROSS = q[j] * k[j] + q[j + h] * k[j + h], q[j + h] * k[j] - q[j] * k[j + h]
OMEGA = base ** (-(j - 1) / h)


def turned(angle: Any) -> Any:
    """Return the score of all pairs, turned against each other by an angle."""
    return sp.Sum(ALONG * sp.cos(angle) + ACROSS * sp.sin(angle), (j, 1, h))


def chances(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.01, 1, shape)


def place(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(0, 100)


def wide(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(100, 1e5)


def one_hot(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]


def picked(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return np.eye(shape[0])[rng.integers(shape[0])]


def pick(parity: int) -> Callable[..., Any]:
    return lambda rng, shape: np.eye(shape[0])[rng.choice(range(parity, shape[0], 2))]


def merged_length(f: Any, X: Any, a: Any, b: Any) -> int:
    text = [bytes([token]) for token in X.argmax(axis=1)]
    merged = f(text, (bytes([a.argmax()]), bytes([b.argmax()])))
    assert b"".join(merged) == b"".join(text)  # the same text, in fewer tokens
    return len(merged)


def gradient(which: int) -> Callable[..., Any]:
    return lambda f, U, v, y: f(v, U, int(y.argmax()))[which]


def turned_score(f: Any, q: Any, k: Any, m: float, r: float, base: float) -> Any:
    return np.prod(f([q, k], [m, r], base), axis=0).sum()


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "tokenization"


SKIP_GRAM = {V: range(2, 6), d: range(1, 5), U: shifted, v: normal, y: picked}
TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "merge_objective",
            n * sp.Identity(1) - a.T * COUNTS * b,
            tk.merge,
            SIZES | {X: one_hot, a: pick(0), b: pick(1)},
            {"call": merged_length},
        ),
        Tie(
            "perplexity",
            sp.exp(-sp.Sum(sp.log(p[i]), (i, 1, n)) / n),
            tk.perplexity,
            {n: range(1, 9), p: chances},
        ),
        Tie(
            "bigram",
            sp.DiagMatrix(RAISED * ONES).I * RAISED,
            tk.bigram_probabilities,
            SIZES | {X: one_hot, alpha: lambda rng, shape: rng.uniform(0.1, 2)},
            {
                "where": {RAISED: COUNTS + alpha * ONES * ONES.T},
                "call": lambda f, X, alpha: f(X.argmax(axis=1), X.shape[1], alpha),
            },
        ),
        Tie(
            "embedding",
            X * E,
            tk.embed,
            SIZES | {d: range(1, 5), X: one_hot, E: normal},
            {"call": lambda f, X, E: f(X.argmax(axis=1), E)},
        ),
        Tie(
            "gradient_word",
            U.T * ERROR,
            tk.skip_gram_gradients,
            SKIP_GRAM,
            {"call": gradient(0)},
        ),
        Tie(
            "gradient_context",
            ERROR * v.T,
            tk.skip_gram_gradients,
            SKIP_GRAM,
            {"call": gradient(1)},
        ),
        Tie(
            "rotary",
            turned(speed * (r - m)),
            tk.rotate,
            {h: range(1, 5), q: (2 * h,), k: (2 * h,), m: place, r: place, base: wide},
            {"call": turned_score, "where": {speed: OMEGA}},
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    name = REGISTRY[f"tokenization.{tie.id}"].function
    assert name.startswith("groundup.transformers.tokenization")


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    shown = re.findall(r'verify\(\s*"tokenization\.(\w+)"', text)
    assert sorted(shown) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("merge_objective", n * sp.Identity(1) - b.T * COUNTS * a),
        ("merge_objective", n * sp.Identity(1) - 2 * a.T * COUNTS * b),
        ("perplexity", sp.exp(-sp.Sum(sp.log(p[i]), (i, 1, n)))),
        ("perplexity", sp.exp(sp.Sum(sp.log(p[i]), (i, 1, n)) / n)),
        ("bigram", RAISED * sp.DiagMatrix(RAISED.T * ONES).I),
        ("bigram", RAISED / V),
        ("embedding", X * E * 2),
        ("gradient_word", -U.T * ERROR),
        ("gradient_word", U.T * (ERROR + y)),
        ("gradient_context", (ERROR + y) * v.T),
        ("rotary", turned(r - m)),
        ("rotary", turned(speed * (m - r))),
        ("rotary", turned(speed * m)),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"tokenization.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("merge_objective", "position += 2", "position += 1"),
        ("perplexity", "np.mean", "np.median"),
        ("bigram", "float(added)", "1.1 * added"),
        ("bigram", "known[:-1], known[1:]", "known[1:], known[:-1]"),
        ("embedding", "rows[token_ids", "rows[::-1][token_ids"),
        ("gradient_word", "error[j] -= 1", "pass"),
        ("gradient_word", "scores - scores.max()", "scores"),
        ("gradient_context", "error /= error.sum()", "pass"),
        ("rotary", "u * cos - v * sin", "u * cos + v * sin"),
        ("rotary", "u * sin + v * cos", "v * cos"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    tie = TIES[name]
    with planted(tie.function, right, wrong), pytest.raises(AssertionError):
        tie.check()


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("rotary", tk.vectors.rotary_angles, "-2 * np.arange", "-np.arange"),
        ("merge_objective", tk.merge, "pair[0] + pair[1]", "pair[1] + pair[0]"),
    ],
)
def test_an_error_planted_in_what_is_called_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises(AssertionError):
        TIES[name].check()
