"""The formulas of the GPT, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import REGISTRY, FormulaMismatch, normal, shifted
from groundup.transformers import attention, gpt

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/gpt.md"

n, d, c, V, T, L = sp.symbols("n d c V T L", integer=True, positive=True)
s, k, warmup, steps = sp.symbols("s k w S", integer=True, positive=True)
row, column = sp.symbols("i j", integer=True)
z, eps, std, peak = sp.symbols("z epsilon sigma eta", positive=True)
theta, g, m, v, rate, one, two, decay = sp.symbols("theta g m v r b1 b2 lambda")
X, W = sp.MatrixSymbol("X", n, d), sp.MatrixSymbol("W", d, c)
G, D = sp.MatrixSymbol("G", n, d), sp.MatrixSymbol("D", n, c)
w, b = sp.MatrixSymbol("w", d, 1), sp.MatrixSymbol("b", d, 1)
Z, Y, P = (sp.MatrixSymbol(name, n, V) for name in "ZYP")
ONES, ROW = sp.OneMatrix(n, 1), sp.OneMatrix(1, n)
SIZES = {n: range(2, 6), d: range(3, 7)}


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 100)


def small(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(1e-3, 1e-1)


def share(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.5, 0.999)


def positive(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(0.01, 2)


def chosen(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Return a row for each position with a single 1."""
    return np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]


def ones(x: Any) -> Any:
    return sp.OneMatrix(x.shape[1], 1)


def centered(x: Any) -> Any:
    return x - x * ones(x) * ones(x).T / x.shape[1]


def inverse_std(less: Any) -> Any:
    variance = sp.HadamardPower(less, 2) * ones(less) / less.shape[1]
    return sp.HadamardPower(variance + eps * ONES, -sp.Rational(1, 2))


def norm(x: Any) -> Any:
    return sp.DiagMatrix(inverse_std(centered(x))) * centered(x)


def layer_norm(x: Any, weight: Any, bias: Any) -> Any:
    return norm(x) * sp.DiagMatrix(weight) + ONES * bias.T


C, N, SCALED = (sp.MatrixSymbol(name, n, d) for name in ("C", "N", "S"))
OVER, ALONG = sp.MatrixSymbol("s", n, 1), sp.MatrixSymbol("a", n, 1)
NORMED = {N: sp.DiagMatrix(OVER) * C, OVER: inverse_std(C), C: centered(X)}
NORM = N * sp.DiagMatrix(w) + ONES * b.T
NORM_BACK = sp.DiagMatrix(OVER) * (
    SCALED - SCALED * ones(X) * ones(X).T / d - sp.DiagMatrix(ALONG) * N
)
BACK = {
    ALONG: sp.HadamardProduct(SCALED, N) * ones(X) / d,
    SCALED: G * sp.DiagMatrix(w),
    **NORMED,
}


def tanh_form(x: Any) -> Any:
    return x / 2 * (1 + sp.tanh(sp.sqrt(2 / sp.pi) * (x + 0.044715 * x**3)))


GELU = sp.Lambda(z, tanh_form(z))
real = sp.Symbol("x", real=True)
EXP = Z.applyfunc(sp.exp)
SOFTMAX = sp.DiagMatrix(EXP * sp.OneMatrix(V, 1)).I * EXP
CROSS_ENTROPY = (
    -(ROW * sp.HadamardProduct(Y, P.applyfunc(sp.log)) * sp.OneMatrix(V, 1)) / n
)

NAMES = {
    "ln_1.weight": (d, 1), "ln_1.bias": (d, 1),
    "attn.c_attn.weight": (d, 3 * d), "attn.c_attn.bias": (3 * d, 1),
    "attn.c_proj.weight": (d, d), "attn.c_proj.bias": (d, 1),
    "ln_2.weight": (d, 1), "ln_2.bias": (d, 1),
    "mlp.c_fc.weight": (d, 4 * d), "mlp.c_fc.bias": (4 * d, 1),
    "mlp.c_proj.weight": (4 * d, d), "mlp.c_proj.bias": (d, 1),
}  # fmt: skip
PARTS = {
    name: sp.MatrixSymbol(f"w{i}", *shape)
    for i, (name, shape) in enumerate(NAMES.items())
}
SEEN = sp.FunctionMatrix(
    n, n, sp.Lambda((row, column), sp.Piecewise((1, column <= row), (0, True)))
)


def linear(x: Any, name: str) -> Any:
    return x * PARTS[f"{name}.weight"] + ONES * PARTS[f"{name}.bias"].T


N1, QKV, READ, TOLD, N2, WIDE = (
    sp.MatrixSymbol(name, n, width)
    for name, width in (
        ("N_1", d),
        ("C", 3 * d),
        ("R", d),
        ("H", d),
        ("N_2", d),
        ("U", 4 * d),
    )
)
KEPT = sp.MatrixSymbol("K", n, n)
# The block with one head, written with matrices alone, from its end to its beginning.
BLOCK = TOLD + linear(WIDE, "mlp.c_proj")
CHAIN = {
    WIDE: linear(N2, "mlp.c_fc").applyfunc(GELU),
    N2: layer_norm(TOLD, PARTS["ln_2.weight"], PARTS["ln_2.bias"]),
    TOLD: X + linear(READ, "attn.c_proj"),
    READ: sp.DiagMatrix(KEPT * ONES).I * KEPT * QKV[:, 2 * d : 3 * d],
    KEPT: sp.HadamardProduct(
        (QKV[:, :d] * QKV[:, d : 2 * d].T / sp.sqrt(d)).applyfunc(sp.exp), SEEN
    ),
    QKV: linear(N1, "attn.c_attn"),
    N1: layer_norm(X, PARTS["ln_1.weight"], PARTS["ln_1.bias"]),
}


# With two heads, each of half the width.
HALF = sp.Symbol("e", integer=True, positive=True)
HEADS = [sp.MatrixSymbol(f"K_{h}", n, n) for h in range(2)]


def doubled(value: Any) -> Any:
    return value.xreplace({d: 2 * HALF})


def of_head(columns: Any, which: int, h: int) -> Any:
    """Return the queries (0), keys (1) or values (2) of a head."""
    start = (2 * which + h) * HALF
    return columns[:, start : start + HALF]


def head_chain() -> dict[Any, Any]:
    """Return the abbreviations of a block with two heads."""
    qkv, told = doubled(QKV), doubled(PARTS["attn.c_proj.weight"])
    read, kept = doubled(X) + ONES * doubled(PARTS["attn.c_proj.bias"]).T, {}
    for h, exponentials in enumerate(HEADS):
        rows = told[h * HALF : (h + 1) * HALF, :]
        mix = sp.DiagMatrix(exponentials * ONES).I * exponentials
        read += mix * of_head(qkv, 2, h) * rows
        scores = of_head(qkv, 0, h) * of_head(qkv, 1, h).T / sp.sqrt(HALF)
        kept[exponentials] = sp.HadamardProduct(scores.applyfunc(sp.exp), SEEN)
    first = {doubled(m): doubled(v) for m, v in CHAIN.items() if m in (WIDE, N2)}
    last = {doubled(m): doubled(v) for m, v in CHAIN.items() if m in (QKV, N1)}
    return first | {doubled(TOLD): read} | kept | last


def through_block(heads: int) -> Any:
    """Return a call of the block on the second of two texts."""

    def call(f: Any, x: Any, *parts: Any) -> Any:
        named, texts = dict(zip(NAMES, parts, strict=True)), np.vstack([x + 1, x])
        return f(texts, named, len(x), heads)[0][len(x) :]

    return call


def beside_ignored(f: Any, scores: Any, one_hot: Any) -> Any:
    """Return a loss and a cache, where some rows have no target (-1)."""
    targets = np.append(one_hot.argmax(axis=1), [-1, -1])
    return f(np.vstack([scores, scores[:1], scores[:1] + 1]), targets)


def loss_gradient(f: Any, scores: Any, one_hot: Any) -> Any:
    """Return the gradient by the rows that have a target; others have none."""
    gradient = f(beside_ignored(gpt.cross_entropy_forward, scores, one_hot)[1])
    assert not gradient[len(scores) :].any()
    return gradient[: len(scores)]


def of_layer_norm(which: int) -> Any:
    return lambda f, g, x, w, e: f(g, gpt.layer_norm_forward(x, w, w, e)[1])[which]


def of_linear(which: int) -> Any:
    return lambda f, g, x, w: f(g, gpt.linear_forward(x, w, 0)[1])[which]


def numbers(f: Any, *sizes: float) -> int:
    """Return the number of parameters, after counting those that there are."""
    config = gpt.Config(*map(int, sizes), 1)
    assert f(config) == sum(map(prod, gpt.shapes(config).values()))
    return f(config)


def adam_step(f: Any, *values: float) -> Any:
    theta, g, m, v, rate, one, two, decay, eps, t = values
    flat = np.array([theta])
    optimizer = gpt.AdamW(flat, np.ones(1), betas=(one, two), decay=decay, eps=eps)
    optimizer.mean[:], optimizer.square[:], optimizer.steps = m, v, int(t) - 1
    f(optimizer, np.array([g]), rate)
    return flat


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "gpt"


def embedding_gradient(f: Any, inputs: Any, d_x: Any, h: Any, d_logits: Any) -> Any:
    return f(inputs.argmax(axis=1), d_x, h, d_logits)


I_, E_ = sp.MatrixSymbol("I", n, V), sp.MatrixSymbol("E", V, d)
D_X, H = sp.MatrixSymbol("D", n, d), sp.MatrixSymbol("H", n, d)
MEAN, SQUARE = one * m + (1 - one) * g, two * v + (1 - two) * g**2
ADAM = (
    theta
    - rate * decay * theta
    - rate * MEAN / (1 - one**k) / (sp.sqrt(SQUARE / (1 - two**k)) + eps)
)
RATE = sp.Piecewise(
    (peak * (s + 1) / warmup, s < warmup),
    (peak / 2 * (1 + sp.cos(sp.pi * (s - warmup) / (steps - warmup))), True),
)

TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "layer_norm",
            NORM,
            gpt.layer_norm_forward,
            SIZES | {X: (n, d), w: (d,), b: (d,), eps: small},
            {"call": lambda f, *a: f(*a)[0], "where": NORMED},
        ),
        Tie(
            "layer_norm_backward",
            NORM_BACK,
            gpt.layer_norm_backward,
            SIZES | {G: normal, X: shifted, w: normal, eps: small},
            {"call": of_layer_norm(0), "where": BACK},
        ),
        Tie(
            "gelu",
            tanh_form(real),
            gpt.gelu_forward,
            {real: normal},
            {"call": lambda f, x: f(np.array([x]))[0]},
        ),
        Tie(
            "gelu_derivative",
            tanh_form(real).diff(real),
            gpt.gelu_backward,
            {real: normal},
            {"call": lambda f, x: f(1.0, gpt.gelu_forward(np.array([x]))[1])},
        ),
        Tie(
            "block",
            BLOCK,
            gpt.block_forward,
            {n: range(2, 5), d: range(2, 5), X: normal}
            | dict.fromkeys(PARTS.values(), normal),
            {"where": CHAIN | {eps: sp.Float("1e-5", 20)}, "call": through_block(1)},
        ),
        Tie(
            "linear_backward",
            X.T * D,
            gpt.linear_backward,
            SIZES | {c: range(1, 5), D: normal, X: normal, W: normal},
            {"call": of_linear(1)},
        ),
        Tie(
            "cross_entropy",
            CROSS_ENTROPY,
            gpt.cross_entropy_forward,
            {n: range(1, 6), V: range(2, 6), Z: shifted, Y: chosen},
            {"where": {P: SOFTMAX}, "call": lambda f, z, y: beside_ignored(f, z, y)[0]},
        ),
        Tie(
            "cross_entropy_backward",
            (P - Y) / n,
            gpt.cross_entropy_backward,
            {n: range(1, 6), V: range(2, 6), Z: shifted, Y: chosen},
            {"where": {P: SOFTMAX}, "call": loss_gradient},
        ),
        Tie(
            "tied_gradient",
            I_.T * D_X + Z.T * H,
            gpt.tied_embedding_backward,
            SIZES | {V: range(2, 6), I_: chosen, D_X: normal, H: normal, Z: normal},
            {"call": embedding_gradient},
        ),
        Tie(
            "parameters",
            (V + T) * d + L * (12 * d**2 + 13 * d) + 2 * d,
            gpt.parameters,
            {V: count, T: count, d: count, L: count},
            {"call": numbers},
        ),
        Tie(
            "residual_scaling",
            std / sp.sqrt(2 * L),
            gpt.residual_std,
            {L: count, std: positive},
        ),
        Tie(
            "adamw",
            ADAM,
            gpt.AdamW.step,
            {
                theta: (),
                g: (),
                m: (),
                v: positive,
                rate: small,
                one: share,
                two: share,
                decay: share,
                eps: small,
                k: count,
            },
            {"call": adam_step},
        ),
        Tie(
            "learning_rate",
            RATE,
            gpt.learning_rate,
            {
                s: count,
                steps: lambda rng, shape: rng.integers(100, 200),
                peak: positive,
                warmup: lambda rng, shape: rng.integers(1, 60),
            },
        ),
    )
}


# What the chapter does not write out.
UNWRITTEN = {
    tie.id: tie
    for tie in (
        Tie(
            "layer_norm_backward_weight",
            sp.HadamardProduct(G, N).T * ONES,
            gpt.layer_norm_backward,
            SIZES | {G: normal, X: shifted, w: normal, eps: small},
            {"call": of_layer_norm(1), "where": NORMED},
        ),
        Tie(
            "layer_norm_backward_bias",
            G.T * ONES,
            gpt.layer_norm_backward,
            SIZES | {G: normal, X: shifted, w: normal, eps: small},
            {"call": of_layer_norm(2)},
        ),
        Tie(
            "linear_backward_input",
            D * W.T,
            gpt.linear_backward,
            SIZES | {c: range(1, 5), D: normal, X: normal, W: normal},
            {"call": of_linear(0)},
        ),
        Tie(
            "linear_backward_bias",
            D.T * ONES,
            gpt.linear_backward,
            SIZES | {c: range(1, 5), D: normal, X: normal, W: normal},
            {"call": of_linear(2)},
        ),
        Tie(
            "block_of_two_heads",
            doubled(BLOCK),
            gpt.block_forward,
            {n: range(2, 5), HALF: range(1, 3), doubled(X): normal}
            | dict.fromkeys(map(doubled, PARTS.values()), normal),
            {
                "where": head_chain() | {eps: sp.Float("1e-5", 20)},
                "call": through_block(2),
            },
        ),
    )
}


@pytest.mark.parametrize("tie", UNWRITTEN.values(), ids=UNWRITTEN)
def test_what_the_chapter_does_not_write_out_agrees(tie: Tie) -> None:
    tie.check()


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    name = REGISTRY[f"gpt.{tie.id}"].function
    assert name.startswith("groundup.transformers.gpt")


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    shown = re.findall(r'verify\(\s*"gpt\.(\w+)"', text)
    assert sorted(shown) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("layer_norm", N * sp.DiagMatrix(w)),
        ("layer_norm", C * sp.DiagMatrix(w) + ONES * b.T),
        ("layer_norm_backward", sp.DiagMatrix(OVER) * SCALED),
        ("gelu", real / (1 + sp.exp(-1.702 * real))),
        ("gelu_derivative", tanh_form(real) / real),
        ("block", BLOCK - X),
        ("block", BLOCK - TOLD),
        ("linear_backward", X.T * D / n),
        ("cross_entropy", CROSS_ENTROPY * n),
        ("cross_entropy_backward", P - Y),
        ("cross_entropy_backward", (Y - P) / n),
        ("tied_gradient", I_.T * D_X),
        ("tied_gradient", Z.T * H),
        ("parameters", 2 * V * d + T * d + L * (12 * d**2 + 13 * d) + 2 * d),
        ("parameters", (V + T) * d + 12 * L * d**2),
        ("residual_scaling", std / sp.sqrt(L)),
        ("adamw", ADAM + rate * decay * theta),
        ("adamw", theta - rate * decay * theta - rate * MEAN / (sp.sqrt(SQUARE) + eps)),
        ("learning_rate", peak * (s + 1) / warmup),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"gpt.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("layer_norm", "/ d)", "/ (d - 1))"),
        ("layer_norm", "y += bias", "y -= bias"),
        ("layer_norm_backward", "d_normed -= normed * along", "pass"),
        ("layer_norm_backward", "* cache.weight", "* 1"),
        ("gelu", "y *= 0.5", "y *= 0.500001"),
        ("gelu_derivative", "3 * GELU_SLOPE", "2 * GELU_SLOPE"),
        ("block", "told += x", "pass"),
        ("block", "out += told", "out += x"),
        ("block", 'part(w, "ln_2")', 'part(w, "ln_1")'),
        ("linear_backward", "cache.x.T @ d_y", "cache.x.T @ d_y / 2"),
        ("cross_entropy", "picked.mean()", "picked.sum()"),
        ("cross_entropy_backward", "-= 1", "-= 0.5"),
        ("tied_gradient", "np.add.at(d_table, ids, d_x)", "d_table[ids] += d_x"),
        ("parameters", "13 * d", "12 * d"),
        ("residual_scaling", "2 * n_layers", "n_layers"),
        ("adamw", "1 - two**self.steps", "1"),
        ("adamw", "step *= learning_rate\n", "step *= 1\n"),
        ("learning_rate", "step + 1", "step"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    tie = TIES[name]
    with planted(tie.function, right, wrong), pytest.raises(AssertionError):
        tie.check()


MERGED = "x.swapaxes(-2, -3).reshape(*leading, n, n_heads * d)"


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        (
            "layer_norm",
            gpt.layer_norm_forward,
            "np.vecdot(normed, normed)[..., None] / d",
            "np.vecdot(x, x)[..., None] / d - (x.sum(-1, keepdims=True) / d) ** 2",
        ),
        (
            "cross_entropy",
            gpt.cross_entropy_forward,
            "shifted -= shifted.max(axis=1, keepdims=True)",
            "pass",
        ),
        (
            "cross_entropy_backward",
            gpt.cross_entropy_backward,
            "len(cache.rows)",
            "len(d_logits)",
        ),
        (
            "layer_norm_backward_weight",
            gpt.layer_norm_backward,
            '"ni,ni->i", d_y, normed',
            '"ni,ni->i", d_normed, normed',
        ),
        (
            "block_of_two_heads",
            attention.merge_heads,
            MERGED,
            "x.reshape(*leading, n, -1)",
        ),
        ("block", gpt.model.attend, "causal_mask(length)", "None"),
        ("block", gpt.model.attend, "reshape(-1, length, ", "reshape(1, -1, "),
    ],
)
def test_an_error_planted_in_what_is_called_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises((AssertionError, ValueError)):
        (TIES | UNWRITTEN)[name].check()
