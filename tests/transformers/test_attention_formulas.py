"""The formulas of attention, tied to their code without the page.

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
from groundup.symbolic import REGISTRY, FormulaMismatch
from groundup.transformers import attention as at

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/attention.md"

n, d, T, S, c = sp.symbols("n d T S c", integer=True, positive=True)
m, t, s = sp.symbols("m t s", positive=True)
row, column = sp.symbols("i j", integer=True)
var_q, var_k = sp.symbols("sigma_q sigma_k", positive=True)
x = sp.MatrixSymbol("x", n, 1)
p = sp.MatrixSymbol("p", n, 1)
Q, K, V = (sp.MatrixSymbol(*a) for a in (("Q", T, d), ("K", S, d), ("V", S, c)))
P, E = sp.MatrixSymbol("P", T, S), sp.MatrixSymbol("E", T, S)
D_OUT, D_P = sp.MatrixSymbol("G", T, c), sp.MatrixSymbol("D", T, S)
D_S = sp.MatrixSymbol("Z", T, S)
SIZES = {T: range(2, 6), S: range(2, 6), d: range(1, 5), c: range(1, 4)}


def normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.normal(size=shape)


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 100)


def shuffled(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.permutation(np.eye(shape[0]))


QKV = SIZES | {Q: normal, K: normal, V: normal}
EXP = (Q * K.T / sp.sqrt(d)).applyfunc(sp.exp)
WEIGHTS = sp.DiagMatrix(E * sp.OneMatrix(S, 1)).I * E
SOFTMAX = x.applyfunc(sp.exp) * (sp.OneMatrix(1, n) * x.applyfunc(sp.exp)).I
PRODUCT = sp.HadamardProduct(P, D_P)
BACK = PRODUCT - sp.DiagMatrix(PRODUCT * sp.OneMatrix(S, 1)) * P
CHAIN = {D_S: BACK, D_P: D_OUT * V.T, P: WEIGHTS, E: EXP}
SQUARE = {T: range(2, 6), d: range(1, 5)}
Q1, K1, V1 = (sp.MatrixSymbol(name, T, d) for name in "QKV")
E1, M1 = sp.MatrixSymbol("E", T, T), sp.MatrixSymbol("M", T, T)
PI = sp.MatrixSymbol("Pi", T, T)
EXP1 = (Q1 * K1.T / sp.sqrt(d)).applyfunc(sp.exp)
ONES = sp.OneMatrix(T, 1)
SEEN = sp.FunctionMatrix(
    T, T, sp.Lambda((row, column), sp.Piecewise((1, column <= row), (0, True)))
)
HIDDEN = sp.HadamardProduct(E1, M1)
X1 = sp.MatrixSymbol("X", T, 4)
W = {name: sp.MatrixSymbol(name, 4, 4) for name in ("A", "B", "C", "O")}


def head(h: int) -> Any:
    """Return what head h of two finds, by slices of the matrices."""
    columns = slice(2 * h, 2 * h + 2)
    q, k, v = (X1 * W[name][:, columns] for name in "ABC")
    e = (q * k.T / sp.sqrt(2)).applyfunc(sp.exp)
    return sp.DiagMatrix(e * ONES).I * e * v


def through_layer(f: Any, X: Any, *matrices: Any) -> Any:
    layer = at.MultiHeadAttention(4, 2)
    names = ("w_q", "w_k", "w_v", "w_o")
    layer.parameters = dict(zip(names, matrices, strict=True))
    return f(layer, X)


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "attention"


def backward(which: int) -> Callable[..., Any]:
    return lambda f, q, k, v, g: f(g, at.attention_forward(q, k, v)[1])[which]


TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "score_variance",
            m * var_q**2 * var_k**2,
            at.score_variance,
            {m: count, var_q: (), var_k: ()},
            {"call": lambda f, m, a, b: f(m, a**2, b**2)},
        ),
        Tie("softmax", SOFTMAX, at.softmax, {n: range(1, 7), x: normal}),
        Tie(
            "softmax_jacobian",
            sp.DiagMatrix(p) - p * p.T,
            at.softmax_jacobian,
            {n: range(2, 7), x: normal},
            {"where": {p: SOFTMAX}, "call": lambda f, x: f(at.softmax(x))},
        ),
        Tie(
            "softmax_backward",
            BACK,
            at.softmax_backward,
            {T: SIZES[T], S: SIZES[S], D_P: normal, P: normal},
        ),
        Tie(
            "scaled_dot_product",
            WEIGHTS * V,
            at.scaled_dot_product_attention,
            QKV,
            {"where": {E: EXP}},
        ),
        Tie(
            "causal_mask",
            sp.DiagMatrix(HIDDEN * ONES).I * HIDDEN * V1,
            at.scaled_dot_product_attention,
            SQUARE | {Q1: normal, K1: normal, V1: normal},
            {
                "where": {E1: EXP1, M1: SEEN},
                "call": lambda f, q, k, v: f(q, k, v, at.causal_mask(len(q))),
            },
        ),
        Tie(
            "permutation_equivariance",
            PI * sp.DiagMatrix(E1 * ONES).I * E1 * V1,
            at.scaled_dot_product_attention,
            SQUARE | {PI: shuffled, Q1: normal, K1: normal, V1: normal},
            {
                "where": {E1: EXP1},
                "call": lambda f, pi, q, k, v: f(pi @ q, pi @ k, pi @ v),
            },
        ),
        Tie(
            "backward_values",
            P.T * D_OUT,
            at.attention_backward,
            QKV | {D_OUT: normal},
            {"where": CHAIN, "call": backward(2)},
        ),
        Tie(
            "backward_queries",
            D_S * K / sp.sqrt(d),
            at.attention_backward,
            QKV | {D_OUT: normal},
            {"where": CHAIN, "call": backward(0)},
        ),
        Tie(
            "backward_keys",
            D_S.T * Q / sp.sqrt(d),
            at.attention_backward,
            QKV | {D_OUT: normal},
            {"where": CHAIN, "call": backward(1)},
        ),
        Tie(
            "multi_head",
            head(0) * W["O"][:2, :] + head(1) * W["O"][2:, :],
            at.MultiHeadAttention.forward,
            {T: range(2, 5), X1: normal} | dict.fromkeys(W.values(), normal),
            {"call": through_layer},
        ),
        Tie(
            "operations",
            4 * t * s * m,
            at.operations,
            {t: count, s: count, m: count},
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    name = REGISTRY[f"attention.{tie.id}"].function
    assert name.startswith("groundup.transformers.attention")


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    shown = re.findall(r'verify\(\s*"attention\.(\w+)"', text)
    assert sorted(shown) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("score_variance", m * var_q * var_k),
        ("softmax", SOFTMAX * 2),
        ("softmax", x.applyfunc(sp.exp) / n),
        ("softmax_jacobian", sp.DiagMatrix(p) + p * p.T),
        ("softmax_jacobian", sp.DiagMatrix(p)),
        ("softmax_backward", PRODUCT),
        ("softmax_backward", BACK * (1 + sp.Float(1e-9))),
        ("scaled_dot_product", E * V),
        ("causal_mask", sp.DiagMatrix(E1 * ONES).I * HIDDEN * V1),
        ("permutation_equivariance", sp.DiagMatrix(E1 * ONES).I * E1 * V1),
        ("permutation_equivariance", PI.T * sp.DiagMatrix(E1 * ONES).I * E1 * V1),
        ("backward_values", -P.T * D_OUT),
        ("backward_queries", D_S * K),
        ("backward_keys", D_S.T * Q),
        ("multi_head", head(0) * W["O"][2:, :] + head(1) * W["O"][:2, :]),
        ("operations", 2 * t * s * m),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"attention.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("score_variance", "* key_variance", "* key_variance**2"),
        ("softmax_jacobian", "np.outer(p, p)", "np.outer(p, p) / 2"),
        ("softmax_backward", "g - along", "g + along"),
        ("softmax_backward", "*= p", "*= 1"),
        ("multi_head", "self.n_kv_heads)", "self.n_kv_heads)[..., ::-1, :, :]"),
        ("multi_head", "attention_forward(q, k, v", "attention_forward(k, q, v"),
        ("backward_values", "d_v = weights", "d_v = 2 * weights"),
        ("backward_queries", "* cache.q.dtype.type(cache.scale)", "* 1"),
        ("backward_keys", "@ cache.q  #", "@ cache.q * cache.scale  #"),
        ("backward_queries", "softmax_backward(d_weights, weights)", "d_weights"),
        ("operations", "4 *", "3 *"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    tie = TIES[name]
    with planted(tie.function, right, wrong), pytest.raises(FormulaMismatch):
        tie.check()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("** -0.5", "** -1"),
        ("masked(scores.reshape", "masked(2 * scores.reshape"),
        ("softmax_in_place(scores)", "np.exp(scores)"),
        (" @ v\n", " @ v / 2\n"),
    ],
)
def test_an_error_planted_in_the_forward_pass_is_caught(right: str, wrong: str) -> None:
    planted = with_error(at.attention_forward, right, wrong)

    def broken(*arrays: Any) -> Any:
        return planted(*arrays)[0]

    with pytest.raises(FormulaMismatch):
        TIES["scaled_dot_product"].check(function=broken)
