"""The formulas of attention, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup import validation
from groundup.formulas import REGISTRY, FormulaMismatch, RowSoftmax, normal
from groundup.formulas.counting import Counted, counted
from groundup.transformers import attention as at
from groundup.transformers.attention import dot_product, masks, weights

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/attention.md"

n, d, T, S, c = sp.symbols("n d T S c", integer=True, positive=True)
i, k = sp.symbols("i k", integer=True, positive=True)
past = sp.Symbol("m", integer=True, nonnegative=True)
m, t, s = sp.symbols("m t s", positive=True)
row, column = sp.symbols("i j", integer=True)
var_q, var_k = sp.symbols("sigma_q sigma_k", positive=True)
scores = sp.IndexedBase("x")
x = sp.MatrixSymbol("x", n, 1)
p = sp.MatrixSymbol("p", n, 1)
Q, K, V = (sp.MatrixSymbol(*a) for a in (("Q", T, d), ("K", S, d), ("V", S, c)))
P, E = sp.MatrixSymbol("P", T, S), sp.MatrixSymbol("E", T, S)
D_OUT, D_P = sp.MatrixSymbol("G", T, c), sp.MatrixSymbol("D", T, S)
D_S = sp.MatrixSymbol("Z", T, S)
SIZES = {T: range(2, 6), S: range(2, 6), d: range(1, 5), c: range(1, 4)}


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 100)


def shuffled(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.permutation(np.eye(shape[0]))


QKV = SIZES | {Q: (T, d), K: (S, d), V: (S, c)}
NEAR = SIZES | dict.fromkeys((Q, K, V, D_OUT), normal)
EXP = (Q * K.T / sp.sqrt(d)).applyfunc(sp.exp)
WEIGHTS = sp.DiagMatrix(E * sp.OneMatrix(S, 1)).I * E
SOFTMAX = sp.exp(scores[i]) / sp.Sum(sp.exp(scores[k]), (k, 1, n))
PRODUCT = sp.HadamardProduct(P, D_P)
BACK = PRODUCT - sp.DiagMatrix(PRODUCT * sp.OneMatrix(S, 1)) * P
CHAIN = {D_S: BACK, D_P: D_OUT * V.T, P: WEIGHTS, E: EXP}
# Queries that come after keys of a past, as with a cache.
KEYS, VALUES = sp.MatrixSymbol("K", T + past, d), sp.MatrixSymbol("V", T + past, d)
E2, M2 = (sp.MatrixSymbol(name, T, T + past) for name in "EM")
SEEN = sp.FunctionMatrix(
    T,
    T + past,
    sp.Lambda((row, column), sp.Piecewise((1, column <= row + past), (0, True))),
)
HIDDEN = sp.HadamardProduct(E2, M2)
ALL = sp.OneMatrix(T + past, 1)
Q1, K1, V1 = (sp.MatrixSymbol(name, T, d) for name in "QKV")
E1, PI = sp.MatrixSymbol("E", T, T), sp.MatrixSymbol("Pi", T, T)
ONES = sp.OneMatrix(T, 1)
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
    return f(layer, np.array([-X, X, X + 1]))[1]  # one text of a batch


def among_heads(f: Any, q: Any, k: Any, v: Any, *rest: Any) -> Any:
    """Return what one of four heads, which share two of keys, finds in a batch."""
    heads = np.array([-q, q, q + 1, 2 * q]), np.array([k, -k]), np.array([v, -v])
    return f(*(np.array([a + 1, a]) for a in heads), *rest)[1, 1]


def among_rows(f: Any, *arrays: Any) -> Any:
    """Return what a function makes of arrays as one of several in a batch."""
    return f(*(np.array([[-a, a + 1], [a, 2 * a]]) for a in arrays))[1, 0]


def sign_variance(f: Any, m: float, one: float, other: float) -> float:
    """Return the variance, after a look at all products of vectors of signs."""
    signs = np.array(list(itertools.product([-1, 1], repeat=int(m))))
    variance = float(f(m, one**2, other**2))
    assert np.isclose(np.var(one * signs @ (other * signs).T), variance, rtol=1e-12)
    return variance


def attention_of(f: Any, pi: Any, q: Any, k: Any, v: Any) -> Any:
    return f(pi @ q, pi @ k, pi @ v)


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "attention"


def backward(which: int) -> Callable[..., Any]:
    """Return a gradient of one of four heads, which share two of keys, in a batch."""

    def of_head(f: Any, q: Any, k: Any, v: Any, g: Any) -> Any:
        heads = np.array([q, -q, q, q]), np.array([k, -k]), np.array([v, -v])
        _, cache = at.attention_forward(*(np.array([a + 1, a]) for a in heads))
        d_out = np.array([g, 0 * g, g, g])  # the second head adds nothing
        return f(np.array([d_out, d_out]), cache)[which][1, 0]

    return of_head


TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "score_variance",
            m * var_q**2 * var_k**2,
            at.score_variance,
            {m: lambda rng, shape: rng.integers(1, 6), var_q: (), var_k: ()},
            {"call": sign_variance},
        ),
        Tie(
            "softmax",
            SOFTMAX,
            at.softmax,
            {n: range(1, 7), scores: (n,)},
            {"each": {i: n}, "call": among_rows},
        ),
        Tie(
            "softmax_jacobian",
            sp.DiagMatrix(p) - p * p.T,
            at.softmax_jacobian,
            {n: range(2, 7), x: normal},
            {"where": {p: RowSoftmax(x.T).T}, "call": lambda f, x: f(at.softmax(x))},
        ),
        Tie(
            "softmax_backward",
            BACK,
            at.softmax_backward,
            {T: SIZES[T], S: SIZES[S], D_P: (T, S), P: (T, S)},
            {"call": among_rows},
        ),
        Tie(
            "scaled_dot_product",
            WEIGHTS * V,
            at.scaled_dot_product_attention,
            QKV,
            {
                "where": {E: EXP},
                "display": RowSoftmax(Q * K.T / sp.sqrt(d)) * V,
                "call": among_heads,
            },
        ),
        Tie(
            "causal_mask",
            sp.DiagMatrix(HIDDEN * ALL).I * HIDDEN * VALUES,
            at.scaled_dot_product_attention,
            {T: range(2, 6), past: range(0, 4), d: range(1, 5)}
            | {Q1: (T, d), KEYS: (T + past, d), VALUES: (T + past, d)},
            {
                "where": {
                    E2: (Q1 * KEYS.T / sp.sqrt(d)).applyfunc(sp.exp),
                    M2: SEEN,
                },
                "call": lambda f, q, k, v: among_heads(
                    f, q, k, v, at.causal_mask(len(q), len(k))
                ),
            },
        ),
        Tie(
            "permutation_equivariance",
            PI * sp.DiagMatrix(E1 * ONES).I * E1 * V1,
            at.scaled_dot_product_attention,
            {T: range(2, 6), d: range(1, 5), PI: shuffled}
            | dict.fromkeys((Q1, K1, V1), (T, d)),
            {
                "where": {E1: (Q1 * K1.T / sp.sqrt(d)).applyfunc(sp.exp)},
                "call": attention_of,
            },
        ),
        Tie(
            "backward_values",
            P.T * D_OUT,
            at.attention_backward,
            NEAR,
            {"where": CHAIN, "call": backward(2)},
        ),
        Tie(
            "backward_queries",
            D_S * K / sp.sqrt(d),
            at.attention_backward,
            NEAR,
            {"where": CHAIN, "call": backward(0)},
        ),
        Tie(
            "backward_keys",
            D_S.T * Q / sp.sqrt(d),
            at.attention_backward,
            NEAR,
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
        ("softmax", SOFTMAX**2),
        ("softmax", SOFTMAX.subs(i, 1)),
        ("softmax_jacobian", sp.DiagMatrix(p) + p * p.T),
        ("softmax_jacobian", sp.DiagMatrix(p)),
        ("softmax_backward", PRODUCT),
        ("softmax_backward", BACK * (1 + sp.Float(1e-9))),
        ("scaled_dot_product", -WEIGHTS * V),
        ("causal_mask", sp.DiagMatrix(E2 * ALL).I * HIDDEN * VALUES),
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
    with planted(tie.function, right, wrong), pytest.raises(AssertionError):
        tie.check()


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("scaled_dot_product", at.attention_forward, "** -0.5", "** -1"),
        (
            "scaled_dot_product",
            at.attention_forward,
            "masked(scores.reshape",
            "masked(2 * scores.reshape",
        ),
        (
            "scaled_dot_product",
            at.attention_forward,
            "softmax_in_place(scores)",
            "np.exp(scores)",
        ),
        ("scaled_dot_product", at.attention_forward, " @ v\n", " @ v / 2\n"),
        # grouped queries interleaved
        (
            "scaled_dot_product",
            dot_product.folded,
            "return q.reshape(",
            "q = q.reshape(*q.shape[:-3], -1, k.shape[-3], *q.shape[-2:])"
            ".swapaxes(-3, -4)\n    return q.reshape(",
        ),
        ("causal_mask", at.causal_mask, "n_keys - n_queries", "0"),
        ("causal_mask", masks.masked, "where=~mask", "where=~mask.T"),
        (
            "softmax",
            weights.softmax_in_place,
            "np.where(np.isneginf(largest), 0, largest)",
            "0",
        ),
        (
            "softmax",
            weights.softmax_in_place,
            "axis=-1, keepdims=True, initial",
            "initial",
        ),
        (
            "multi_head",
            at.split_heads,
            "n, n_heads, width // n_heads).swapaxes(-2, -3)",
            "n_heads, n, width // n_heads)",
        ),
        ("multi_head", at.merge_heads, "x.swapaxes(-2, -3)", "x"),
    ],
)
def test_an_error_planted_in_what_is_called_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises((AssertionError, ValueError)):
        TIES[name].check()


@pytest.mark.parametrize(("T", "S", "d"), [(3, 5, 4), (5, 2, 1)])
def test_the_operations_are_those_of_the_products_that_are_carried_out(
    T: int, S: int, d: int
) -> None:
    rng = np.random.default_rng(0)
    q, k, v = (counted(rng.normal(size=(n, d))) for n in (T, S, S))
    before = Counted.operations
    with planted(validation.real_numbers, "np.asarray(values)", "values"):
        at.attention_forward(q, k, v)
    assert Counted.operations - before == at.operations(T, S, d)
