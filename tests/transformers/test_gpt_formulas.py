"""The formulas of the GPT, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.symbolic import REGISTRY, FormulaMismatch
from groundup.transformers import gpt

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
SIZES = {n: range(2, 6), d: range(2, 6)}


def normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.normal(size=shape)


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


def centered(x: Any) -> Any:
    return x - x * sp.OneMatrix(d, 1) * sp.OneMatrix(1, d) / d


def inverse_std(x: Any) -> Any:
    variance = sp.HadamardProduct(centered(x), centered(x)) * sp.OneMatrix(d, 1) / d
    root = sp.Lambda(z, 1 / sp.sqrt(z))
    return (variance + eps * sp.OneMatrix(x.shape[0], 1)).applyfunc(root)


def norm(x: Any) -> Any:
    return sp.DiagMatrix(inverse_std(x)) * centered(x)


def layer_norm(x: Any, weight: Any, bias: Any) -> Any:
    return norm(x) * sp.DiagMatrix(weight) + sp.OneMatrix(x.shape[0], 1) * bias.T


def norm_backward() -> Any:
    scaled = G * sp.DiagMatrix(w)
    along = sp.HadamardProduct(scaled, norm(X)) * sp.OneMatrix(d, 1) / d
    return sp.DiagMatrix(inverse_std(X)) * (
        centered(scaled) - sp.DiagMatrix(along) * norm(X)
    )


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


def through_block(f: Any, x: Any, *parts: Any) -> Any:
    return f(x, dict(zip(NAMES, parts, strict=True)), len(x), 1)[0]


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
            layer_norm(X, w, b),
            gpt.layer_norm_forward,
            SIZES | {X: normal, w: normal, b: normal, eps: small},
            {"call": lambda f, *a: f(*a)[0]},
        ),
        Tie(
            "layer_norm_backward",
            norm_backward(),
            gpt.layer_norm_backward,
            SIZES | {G: normal, X: normal, w: normal, eps: small},
            {
                "call": lambda f, g, x, w, e: f(
                    g, gpt.layer_norm_forward(x, w, w, e)[1]
                )[0]
            },
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
            {"where": CHAIN | {eps: sp.Float("1e-5", 20)}, "call": through_block},
        ),
        Tie(
            "linear_backward",
            X.T * D,
            gpt.linear_backward,
            SIZES | {c: range(1, 5), D: normal, X: normal, W: normal},
            {"call": lambda f, g, x, w: f(g, gpt.linear_forward(x, w, 0)[1])[1]},
        ),
        Tie(
            "cross_entropy",
            CROSS_ENTROPY,
            gpt.cross_entropy_forward,
            {n: range(1, 6), V: range(2, 6), Z: normal, Y: chosen},
            {"where": {P: SOFTMAX}, "call": lambda f, z, y: f(z, y.argmax(axis=1))[0]},
        ),
        Tie(
            "cross_entropy_backward",
            (P - Y) / n,
            gpt.cross_entropy_backward,
            {n: range(1, 6), V: range(2, 6), Z: normal, Y: chosen},
            {
                "where": {P: SOFTMAX},
                "call": lambda f, z, y: f(
                    gpt.cross_entropy_forward(z, y.argmax(axis=1))[1]
                ),
            },
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
            {"call": lambda f, *sizes: f(gpt.Config(*map(int, sizes), 1))},
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
        ("layer_norm", norm(X) * sp.DiagMatrix(w)),
        ("layer_norm", centered(X) * sp.DiagMatrix(w) + ONES * b.T),
        ("layer_norm_backward", sp.DiagMatrix(inverse_std(X)) * G * sp.DiagMatrix(w)),
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
    with planted(tie.function, right, wrong), pytest.raises(FormulaMismatch):
        tie.check()
