"""The formulas of fine-tuning, tied to their code without the page.

Each tie has to hold, and has to break when an error is planted on either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import REGISTRY, FormulaMismatch, normal, shifted
from groundup.pretrained.smollm2 import Config
from groundup.transformers import fine_tuning as ft
from groundup.transformers.fine_tuning import layers, lora, preferences
from groundup.transformers.gpt.training import decode

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/fine_tuning.md"
LETTERS = 27  # of the small GPT: those of the alphabet, and the end

n, d, c, r, V, h = sp.symbols("n d c r V h", integer=True, positive=True)
i, j, k = sp.symbols("i j k", integer=True, positive=True)
alpha, beta, eps, rho = sp.symbols("alpha beta epsilon rho", positive=True)
N, g_, H, wide, rank = sp.symbols("N g H w r", integer=True, positive=True)
hits, misses, quantile, share, tries = sp.symbols("k m z q n", positive=True)
X, W, G = (sp.MatrixSymbol(*a) for a in (("X", n, d), ("W", d, c), ("G", n, c)))
A, B = sp.MatrixSymbol("A", d, r), sp.MatrixSymbol("B", r, c)
Z, Y, P = (sp.MatrixSymbol(name, n, V) for name in "ZYP")
SCALE = alpha / r
SIZES = {n: range(2, 6), d: range(2, 7), c: range(2, 5), r: range(1, 4)}
EXP = Z.applyfunc(sp.exp)
SOFTMAX = sp.DiagMatrix(EXP * sp.OneMatrix(V, 1)).I * EXP
SAID = sp.OneMatrix(1, n) * sp.HadamardProduct(Y, P.applyfunc(sp.log))
LOG_P = SAID * sp.OneMatrix(V, 1)
COUNTED = sp.OneMatrix(1, n) * Y * sp.OneMatrix(V, 1)
# Two answers of DPO: ln p of both and of both under the reference, and their margins.
plus, minus, plus_0, minus_0 = (
    sp.IndexedBase(name, shape=(n,)) for name in ("p", "q", "u", "v")
)
MARGIN = beta * ((plus[i] - plus_0[i]) - (minus[i] - minus_0[i]))
x, g, gain = (sp.IndexedBase(name, shape=(d,)) for name in ("x", "g", "gamma"))
gate, up, back = (sp.IndexedBase(name, shape=(h,)) for name in "zug")
ALONG = sp.Sum(g[j] * gain[j] * x[j], (j, 1, d))
SIGMOID = 1 / (1 + sp.exp(-gate[j]))
BY_GATE = back[j] * up[j] * SIGMOID * (1 + gate[j] * (1 - SIGMOID))
p, q, R = (sp.IndexedBase(name, shape=(n,)) for name in ("p", "q", "R"))
TILTED = p[i] * sp.exp(R[i] / beta)
# A matrix by its singular values and directions, of which the first r are kept.
E, F = sp.MatrixSymbol("E", d, c), sp.MatrixSymbol("F", c, c)
s = sp.MatrixSymbol("s", c, 1)
OF_RANK = sp.MatrixSymbol("o", r, 1)  # as long as the rank that is asked for
STRONG = E[:, :r] * sp.DiagMatrix(s[:r, :]) * F[:, :r].T
# Letters of names and their ends, as one model and as the other expects them.
ROWS, SAY, BEFORE = (sp.MatrixSymbol(name, 2 * n, LETTERS) for name in ("Y", "Z", "O"))


def log_softmax(z: Any) -> Any:
    """Return ln of the softmax of each of 2 n rows."""
    powers = z.applyfunc(sp.exp)
    totals = (powers * sp.OneMatrix(LETTERS, 1)).applyfunc(sp.log)
    return z - totals * sp.OneMatrix(1, LETTERS)


SURPLUS = sp.HadamardProduct(ROWS, log_softmax(SAY) - log_softmax(BEFORE))
KL = sp.OneMatrix(1, 2 * n) * SURPLUS * sp.OneMatrix(LETTERS, 1) / n
MIDDLE = share + quantile**2 / (2 * tries)
HALF = quantile * sp.sqrt(share * (1 - share) / tries + quantile**2 / (4 * tries**2))
WIDER = 1 + quantile**2 / tries


# ---- what is drawn


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 30)


def between(low: float, high: float) -> Callable[..., Any]:
    return lambda rng, shape: rng.uniform(low, high, shape)


def some_chosen(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Return rows with a single 1, and rows of zeros, which count for nothing."""
    found = np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]
    found[rng.permutation(shape[0])[: rng.integers(shape[0])]] = 0
    return found


def names_of_one_letter(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Return a row for the letter of each name and one for its end."""
    letters = rng.integers(1, LETTERS, size=shape[0] // 2)
    return np.eye(LETTERS)[np.ravel(np.column_stack([letters, 0 * letters]))]


def distribution(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.dirichlet(np.full(shape, 0.7))


def at_right_angles(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return np.linalg.qr(rng.normal(size=shape))[0]


def falling(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Return numbers that lie well apart, the largest first."""
    return np.arange(shape[0], 0, -1) + rng.uniform(-0.3, 0.3, shape)


# ---- how the code is called


def targets(one_hot: Any) -> Any:
    return np.where(one_hot.any(axis=1), one_hot.argmax(axis=1), -1)


class Known(ft.Lora):
    """Stands in for a model whose logits are known."""

    def __init__(self, logits: Any) -> None:
        self.logits_of_all = logits

    def states(self, rows: Any) -> Any:
        return self.logits_of_all, None, []

    def head(self, x: Any) -> Any:
        return x, None


def of_answers(f: Any, scores: Any, one_hot: Any) -> Any:
    """Return a loss of two texts in two rows, of which one has no target at all."""
    said = np.array([np.full(len(one_hot), -1), targets(one_hot)])
    rows = ft.Rows(0 * said, said, 0 * said, 0 * said)
    return f(Known(np.vstack([scores + 1, scores])), rows)


def among(W: Any, A: Any, B: Any, alpha: float) -> layers.Linear:
    """Return a wide matrix in which two pieces are adapted, and columns are not."""
    adapted = []
    for start, factor in ((1, 1.0), (W.shape[1] + 2, -2.0)):
        here = slice(start, start + W.shape[1])
        thin, flat = factor * A, B + 0.0
        scale = np.float64(alpha / A.shape[1])
        arrays = thin, flat, np.zeros_like(A), np.zeros_like(B)
        adapted.append(layers.Adapter(here, *arrays, scale))
    single = W[:, :1]
    return layers.Linear(
        np.hstack([single, W, 2 * single, W + 1, -single]), tuple(adapted)
    )


def ours(of_all: Any, width: int) -> Any:
    """Return the columns of the first piece."""
    return of_all[:, 1 : width + 1]


def forward(f: Any, X: Any, W: Any, A: Any, B: Any, alpha: float) -> Any:
    """Return the outputs of one piece, after a look at columns that have no adapter."""
    layer = among(W, A, B, alpha)
    y, _ = f(X, layer)
    plain = X @ layer.weight
    for column in (0, W.shape[1] + 1, -1):
        assert np.array_equal(y[:, column], plain[:, column])
    return ours(y, W.shape[1])


def merge(f: Any, W: Any, A: Any, B: Any, alpha: float) -> Any:
    layer = among(W, A, B, alpha)
    before = layer.weight.copy()
    found = f(layer)
    assert np.array_equal(layer.weight, before)
    for column in (0, W.shape[1] + 1, -1):
        assert np.array_equal(found[:, column], before[:, column])
    return ours(found, W.shape[1])


def backward(which: str) -> Callable[..., Any]:
    """Return what comes back to A, B or x, where what came is other on other pieces."""

    def of_layer(f: Any, G: Any, X: Any, W: Any, A: Any, B: Any, alpha: float) -> Any:
        layer = among(W, A, B, alpha)
        _, cache = ft.adapted_linear_forward(X, layer)
        d_y = np.zeros((len(X), layer.weight.shape[1]))
        ours(d_y, W.shape[1])[...] = G
        if which == "B":
            d_y[:, W.shape[1] + 1 :] = 3  # goes to the other piece alone
        d_x = f(d_y, layer, cache)
        [first, _] = layer.adapters
        return {"A": first.A_gradient, "B": first.B_gradient, "x": d_x}[which]

    return of_layer


def sized(f: Any, blocks: float, groups: float, heads: float, *rest: float) -> int:
    """Return how many numbers learn, after counting those that there are."""
    hidden, each = map(int, rest)
    width, of_keys = int(4 * groups * heads), int(heads)
    config = Config(int(blocks), width, int(groups * heads), of_keys, hidden, 9)
    learning = ft.LoraConfig(each, 16, ft.MATRICES)
    assert f(config, learning) == sum(
        a * b for a, b in ft.shapes(config, learning).values()
    )
    return f(config, learning)


def among_rows(f: Any, g: Any, x: Any, gain: Any, eps: float) -> Any:
    cache = ft.rms_norm_forward(np.array([2 * x, x]), gain, eps)[1]
    return f(np.array([g + 1, g]), cache)[1]


def gate_and_up(f: Any, g: Any, gate: Any, up: Any) -> Any:
    sides = np.concatenate([up, gate]), np.concatenate([gate, up])
    cache = ft.gated_forward(np.array(sides))[1]
    return f(np.array([g - 1, g]), cache)[1].reshape(2, -1).T


def second_text(f: Any, scores: Any, one_hot: Any) -> Any:
    """Return ln p of the second of two texts."""
    said = np.array([0 * targets(one_hot), targets(one_hot)])
    return f(np.vstack([scores - 1, scores]), said)[0][1]


def text_gradient(f: Any, scores: Any, one_hot: Any, factor: float) -> Any:
    """Return the gradient by the logits of the second of two texts."""
    said = np.array([0 * targets(one_hot), targets(one_hot)])
    _, every = preferences.log_probabilities(np.vstack([scores - 1, scores]), said)
    return f(np.array([7.0, factor]), every, said)[len(scores) :]


def of_pairs(which: int) -> Callable[..., Any]:
    return lambda f, a, b, a0, b0, beta: f(a, b, a0, b0, beta)[which]


def made_up(f: Any, one_hot: Any, say: Any, before: Any) -> Any:
    """Return KL, estimated from names of one letter that two models know."""
    letters = one_hot.argmax(axis=1)[::2]
    size = SimpleNamespace(context=2)
    models = [
        SimpleNamespace(config=size, forward=lambda ids, z=z: z) for z in (say, before)
    ]
    dpo = SimpleNamespace(model=models[0], reference=models[1])
    return f(dpo, [decode([letter]) for letter in letters.tolist()])


def product_of_both(f: Any, e: Any, s: Any, right: Any, of_rank: Any) -> Any:
    a, b = f(e * s @ right.T, len(of_rank))
    assert a.shape == (len(e), len(of_rank))
    return a @ b


def share_kept(f: Any, e: Any, s: Any, right: Any, of_rank: Any) -> Any:
    return f(e * s @ right.T, len(of_rank))


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "fine_tuning"


LAYER = SIZES | dict.fromkeys((X, W, A, B), normal) | {alpha: between(0.1, 20)}
BACK = SIZES | dict.fromkeys((G, X, W, A, B), normal) | {alpha: between(0.1, 20)}
ANSWERS = {n: range(1, 6), V: range(2, 6), Z: shifted, Y: some_chosen}
TWO = {n: range(1, 6)} | dict.fromkeys((plus, minus, plus_0, minus_0), normal)
KNOWN = {n: range(1, 6), p: distribution}
SPLIT = {
    **{d: range(5, 8), c: range(3, 6), r: range(1, 4)},
    **{E: at_right_angles, s: falling, F: at_right_angles, OF_RANK: normal},
}

TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "masked_loss",
            -LOG_P * COUNTED.I,
            ft.Lora.loss,
            ANSWERS,
            {"where": {P: SOFTMAX}, "call": of_answers},
        ),
        Tie(
            "lora",
            X * W + SCALE * X * A * B,
            ft.adapted_linear_forward,
            LAYER,
            {"call": forward},
        ),
        Tie(
            "lora_parameters",
            N * rank * (9 * wide + 2 * d + 3 * h),
            ft.parameters,
            dict.fromkeys((N, g_, H, h, rank), count),
            {"where": {wide: 4 * g_ * H, d: 4 * H}, "call": sized},
        ),
        Tie(
            "rms_norm_backward",
            (g[i] * gain[i] - x[i] * ALONG / (d * rho**2)) / rho,
            ft.rms_norm_backward,
            {d: range(1, 7), g: normal, x: normal, gain: normal}
            | {eps: between(1e-3, 1)},
            {
                "where": {rho: sp.sqrt(sp.Sum(x[k] ** 2, (k, 1, d)) / d + eps)},
                "each": {i: d},
                "call": among_rows,
            },
        ),
        Tie(
            "gated_backward",
            sp.Matrix([BY_GATE, back[j] * gate[j] * SIGMOID]),
            ft.gated_backward,
            {h: range(1, 6), back: normal, gate: normal, up: normal},
            {"each": {j: h}, "call": gate_and_up},
        ),
        Tie(
            "wilson",
            sp.Matrix([(MIDDLE - HALF) / WIDER, (MIDDLE + HALF) / WIDER]),
            ft.wilson_interval,
            {hits: count, misses: count, quantile: between(0.5, 4)},
            {
                "where": {share: hits / tries, tries: hits + misses},
                "call": lambda f, k, m, z: np.array(f(int(k), int(k + m), z)),
            },
        ),
        Tie(
            "dpo_loss",
            sp.Sum(sp.log(1 + sp.exp(-MARGIN)), (i, 1, n)) / n,
            ft.dpo_loss,
            TWO | {beta: between(0.05, 3)},
            {"call": of_pairs(0)},
        ),
        Tie(
            "lora_backward_a",
            SCALE * X.T * G * B.T,
            ft.adapted_linear_backward,
            BACK,
            {"call": backward("A")},
        ),
        Tie(
            "lora_backward_b",
            SCALE * A.T * X.T * G,
            ft.adapted_linear_backward,
            BACK,
            {"call": backward("B")},
        ),
        Tie(
            "merge",
            W + SCALE * A * B,
            lora.merged,
            {key: kind for key, kind in LAYER.items() if key not in (X, n)},
            {"call": merge},
        ),
        Tie(
            "text_log_probability",
            LOG_P,
            preferences.log_probabilities,
            ANSWERS,
            {"where": {P: SOFTMAX}, "call": second_text},
        ),
        Tie(
            "dpo_gradient",
            -beta / (1 + sp.exp(MARGIN)) / n,
            ft.dpo_loss,
            TWO | {beta: between(0.05, 3)},
            {"each": {i: n}, "call": of_pairs(1)},
        ),
        Tie(
            "kl",
            KL,
            ft.kl_divergence,
            {n: range(1, 3), ROWS: names_of_one_letter, SAY: normal, BEFORE: normal},
            {"call": made_up},
        ),
        Tie(
            "nearest_of_rank",
            STRONG,
            ft.nearest_of_rank,
            SPLIT,
            {"call": product_of_both},
        ),
        Tie(
            "kept",
            (s[:r, :].T * s[:r, :])[0, 0] / (s.T * s)[0, 0],
            ft.kept,
            SPLIT,
            {"call": share_kept},
        ),
        Tie(
            "optimal_policy",
            TILTED / sp.Sum(TILTED.subs(i, k), (k, 1, n)),
            ft.optimal_policy,
            KNOWN | {R: normal, beta: between(0.05, 3)},
            {"each": {i: n}},
        ),
        Tie(
            "relative_entropy",
            sp.Sum(p[i] * (sp.log(p[i]) - sp.log(q[i])), (i, 1, n)),
            ft.relative_entropy,
            KNOWN | {q: distribution},
        ),
    )
}
# What the chapter does not write out.
UNWRITTEN = {
    tie.id: tie
    for tie in (
        Tie(
            "lora_backward_input",
            G * W.T + SCALE * G * B.T * A.T,
            ft.adapted_linear_backward,
            BACK,
            {"call": backward("x")},
        ),
        Tie(
            "text_log_probability_backward",
            beta * (Y - sp.DiagMatrix(Y * sp.OneMatrix(V, 1)) * P),
            preferences.log_probabilities_backward,
            ANSWERS | {beta: between(-3, 3)},
            {"where": {P: SOFTMAX}, "call": text_gradient},
        ),
    )
}


@pytest.mark.parametrize("tie", (TIES | UNWRITTEN).values(), ids=TIES | UNWRITTEN)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    name = REGISTRY[f"fine_tuning.{tie.id}"].function
    assert name.startswith("groundup.transformers.fine_tuning")


def test_the_chapter_verifies_no_formula_that_is_not_tied_here() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    shown = re.findall(r'verify\(\s*"fine_tuning\.(\w+)"', text)
    assert shown and set(shown) <= set(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("masked_loss", -LOG_P / n),  # by the places, and not by those that count
        ("masked_loss", -LOG_P),
        ("lora", X * W + alpha * X * A * B),
        ("lora", X * W + X * A * B),
        ("lora", SCALE * X * A * B),
        ("merge", W - SCALE * A * B),
        ("lora_parameters", N * rank * (8 * wide + 4 * d + 3 * h)),
        ("lora_parameters", rank * (9 * wide + 2 * d + 3 * h)),
        ("rms_norm_backward", g[i] * gain[i] / rho),
        ("rms_norm_backward", (g[i] * gain[i] - x[i] * ALONG / rho**2) / rho),
        (
            "gated_backward",
            sp.Matrix([back[j] * up[j] * SIGMOID, back[j] * gate[j] * SIGMOID]),
        ),
        (
            "wilson",  # the interval of Wald
            sp.Matrix(
                [
                    share + sign * quantile * sp.sqrt(share * (1 - share) / tries)
                    for sign in (-1, 1)
                ]
            ),
        ),
        ("dpo_loss", sp.Sum(sp.log(1 + sp.exp(-MARGIN)), (i, 1, n))),
        ("dpo_loss", sp.Sum(sp.log(1 + sp.exp(MARGIN)), (i, 1, n)) / n),
        (
            "dpo_loss",  # without the reference
            sp.Sum(sp.log(1 + sp.exp(-beta * (plus[i] - minus[i]))), (i, 1, n)) / n,
        ),
        (
            "dpo_loss",  # of the mean margin
            sp.log(1 + sp.exp(-sp.Sum(MARGIN, (i, 1, n)) / n)),
        ),
        ("dpo_gradient", -1 / (1 + sp.exp(MARGIN)) / n),
        ("dpo_gradient", -beta / (1 + sp.exp(-MARGIN)) / n),
        ("dpo_gradient", -beta / (1 + sp.exp(MARGIN))),
        ("lora_backward_a", X.T * G * B.T),
        ("lora_backward_b", A.T * X.T * G),
        ("text_log_probability", LOG_P * COUNTED.I),
        ("kl", -KL),
        ("kl", KL / 2),  # a mean over letters, where names have two
        ("nearest_of_rank", E[:, :r] * F[:, :r].T),
        ("nearest_of_rank", E * sp.DiagMatrix(s) * F.T),
        (
            "kept",
            (sp.OneMatrix(1, r) * s[:r, :])[0, 0] / (sp.OneMatrix(1, c) * s)[0, 0],
        ),
        ("optimal_policy", TILTED),
        (
            "optimal_policy",  # β on the wrong side
            p[i] * sp.exp(R[i] * beta) / sp.Sum(p[k] * sp.exp(R[k] * beta), (k, 1, n)),
        ),
        (
            "relative_entropy",
            sp.Sum(q[i] * (sp.log(q[i]) - sp.log(p[i])), (i, 1, n)),
        ),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"fine_tuning.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("masked_loss", "x[counted]", "x"),
        ("masked_loss", "targets != IGNORED", "targets == IGNORED"),
        ("lora", "adapter.scale * (u", "(u"),
        ("lora", "y[:, adapter.columns]", "y[:, : adapter.B.shape[1]]"),
        ("lora", "] += adapter", "] = adapter"),
        ("merge", "adapter.scale * (adapter", "(adapter"),
        ("merge", ".copy()", ""),
        ("merge", "] += adapter", "] -= adapter"),
        ("lora_parameters", "d_in + at[matrix].d_out", "d_in * at[matrix].d_out"),
        ("lora_parameters", "config.layers * ", ""),
        ("rms_norm_backward", "inverse * inverse / d", "inverse / d"),
        ("rms_norm_backward", "d_y * cache.gain", "d_y * 1.0"),
        ("gated_backward", "slope += 1", "slope += 0"),
        ("gated_backward", "gate, out=d_up", "up, out=d_up"),
        ("wilson", "4 * n**2", "4 * n"),
        ("wilson", "(2 * n)", "n"),
        ("dpo_loss", "margin = beta * (now - before)", "margin = beta * now"),
        ("dpo_loss", "losses.mean()", "losses.sum()"),
        ("dpo_loss", "beta * (now", "(now"),
        ("dpo_gradient", "np.logaddexp(0, margin)", "np.logaddexp(0, -margin)"),
        ("dpo_gradient", "-beta * doubt", "-doubt"),
        ("dpo_gradient", " / len(margin)", ""),
        ("lora_backward_a", "cache.x.T @ d_u", "cache.x.T @ d_u / adapter.scale"),
        ("lora_backward_b", "d_added = d_y[:, adapter.columns] * adapter.scale",
         "d_added = d_y[:, adapter.columns]"),
        ("lora_backward_input", "d_x += d_u @ adapter.A.T", "pass"),
        ("lora_backward_input", "d_y @ layer.weight.T", "0 * d_y @ layer.weight.T"),
        ("text_log_probability", ".sum(axis=1), every", ".mean(axis=1), every"),
        ("text_log_probability", "flat != IGNORED", "flat != 0"),
        ("text_log_probability_backward", "+= 1", "+= 0"),
        ("text_log_probability_backward", "np.repeat(d_texts, targets.shape[1])",
         "np.tile(d_texts, targets.shape[1])"),
        ("kl", "dpo.reference, made", "dpo.model, made"),
        ("kl", ".mean()", ".sum()"),
        ("nearest_of_rank", "U[:, :rank] * s[:rank]", "U[:, :rank]"),
        ("nearest_of_rank", "* s[:rank], Vt[:rank]", "* s[:rank], Vt[-rank:]"),
        ("kept", " ** 2", ""),
        ("kept", "squares[:rank].sum()", "squares[0]"),
        ("optimal_policy", "/ beta", "* beta"),
        ("optimal_policy", "before * np.exp", "np.exp"),
        ("relative_entropy", "np.log(q[drawn])", "0"),
        ("relative_entropy", "p[drawn] @", "q[drawn] @"),
    ],
)  # fmt: skip
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    tie = (TIES | UNWRITTEN)[name]
    with (
        planted(tie.function, right, wrong),
        pytest.raises((AssertionError, ValueError)),
    ):
        tie.check()


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("lora_parameters", ft.places, "slice(d, d + kv), d", "slice(d, d + d), d"),
        ("kl", preferences.of_names, "[0]", "[0] / 2"),
        ("rms_norm_backward", ft.rms_norm_forward, "RmsNormCache(x, gain, eps)",
         "RmsNormCache(x, gain, 0.0)"),
        ("gated_backward", ft.gated_forward, "sigmoid += 1", "sigmoid += 2"),
    ],
)  # fmt: skip
def test_an_error_planted_in_what_is_called_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises((AssertionError, ValueError)):
        TIES[name].check()


def test_no_thin_product_lies_nearer_than_the_nearest() -> None:
    """Draw columns of thin products, each with the best rows that belong to them."""
    rng = np.random.default_rng(0)
    for shape in ((3, 3), (7, 4), (5, 8)):
        update = rng.normal(size=shape)
        squares = np.linalg.svd(update)[1] ** 2
        for of_rank in range(min(shape) + 1):
            a, b = ft.nearest_of_rank(update, of_rank)
            missed = ((update - a @ b) ** 2).sum()
            assert missed == pytest.approx(squares[of_rank:].sum(), abs=1e-12)
            assert missed == pytest.approx(
                (1 - ft.kept(update, of_rank)) * squares.sum(), abs=1e-12
            )
            for _ in range(50):
                columns = np.linalg.qr(rng.normal(size=(shape[0], of_rank)))[0]
                other = columns @ (columns.T @ update)
                assert ((update - other) ** 2).sum() >= missed - 1e-12


def test_the_example_of_the_chapter_keeps_three_quarters() -> None:
    update = [[3, 0, -1], [1, 0, 3], [2, 0, -4]]
    assert ft.kept(update, 1) == pytest.approx(30 / 40, rel=1e-14)
    a, b = ft.nearest_of_rank(update, 1)
    np.testing.assert_allclose(a @ b, np.outer([1, -1, 2], [1, 0, -2]), atol=1e-14)
    assert ft.kept(np.diag([2.0, 0]), 1) == 1
    assert ft.kept(update, 0) == 0 and ft.kept(update, 2) == ft.kept(update, 3) == 1


def test_no_distribution_has_more_reward_less_kl_than_the_optimal() -> None:
    rng = np.random.default_rng(1)
    reference, rewards = np.array([0.5, 0.3, 0.2]), np.array([0.0, 1.0, -2.0])
    for price in (0.05, 0.7, 5.0):

        def worth(policy: Any, price: float = price) -> float:
            return policy @ rewards - price * ft.relative_entropy(policy, reference)

        best = ft.optimal_policy(reference, rewards, price)
        assert worth(best) == pytest.approx(
            price * np.log(reference @ np.exp(rewards / price)), rel=1e-12
        )
        assert all(worth(o) < worth(best) for o in rng.dirichlet([1, 1, 1], size=200))


def test_beta_leads_from_one_answer_to_the_reference() -> None:
    reference, rewards = [0.9, 0.1 - 1e-12, 1e-12], [0.0, 1.0, 5.0]
    with np.errstate(all="raise", under="ignore"):
        alone = ft.optimal_policy(reference, rewards, 1e-3)
        same = ft.optimal_policy(reference, rewards, 1e12)
        huge = ft.optimal_policy(reference, [-1e300, 1e300, 0], 1.0)
    np.testing.assert_array_equal(alone, [0, 0, 1])
    np.testing.assert_array_equal(huge, [0, 1, 0])
    np.testing.assert_allclose(same, reference, rtol=1e-10)


def test_kl_where_one_of_both_is_zero() -> None:
    with np.errstate(all="raise"):
        assert ft.relative_entropy([0, 1], [0.5, 0.5]) == pytest.approx(np.log(2))
        assert ft.relative_entropy([0, 1], [0, 1]) == 0
        assert ft.relative_entropy([0.5, 0.5], [0, 1]) == np.inf


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ft.kept(np.zeros((2, 3)), 1), "an entry other than zero"),
        (lambda: ft.kept(np.ones((2, 3)), 3), "must be 0, 1, … 2, found 3"),
        (lambda: ft.nearest_of_rank(np.ones((3, 2)), -1), "… 2, found -1"),
        (lambda: ft.nearest_of_rank(np.ones((3, 2)), 1.5), "… 2, found 1.5"),  # type: ignore[arg-type]
        (lambda: ft.nearest_of_rank([1.0], 1), r"update must have shape \(n, d\)"),
        (lambda: ft.nearest_of_rank([[np.nan]], 1), "update holds NaN"),
        (lambda: ft.optimal_policy([1.0], [0.0], 0), "beta must be .* found 0"),
        (lambda: ft.optimal_policy([1.0], [0.0], np.inf), "beta must be .* inf"),
        (lambda: ft.optimal_policy([1.0], [0.0, 1.0], 1), r"found \(2,\) and \(1,\)"),
        (lambda: ft.optimal_policy([0.5, 0.6], [0, 0], 1), "found 0.5 and 1.1"),
        (lambda: ft.optimal_policy([1.5, -0.5], [0, 0], 1), "found -0.5 and 1.0"),
        (lambda: ft.optimal_policy([1.0, 0.0], [0, 0], 1), "be positive, found 0.0"),
        (lambda: ft.optimal_policy([[1.0]], [0], 1), r"reference must have shape"),
        (lambda: ft.optimal_policy([1.0], ["a"], 1), "rewards must hold real numbers"),
        (lambda: ft.relative_entropy([1.0], [0.5, 0.5]), r"found \(1,\) and \(2,\)"),
        (lambda: ft.relative_entropy([1.1], [1.0]), "policy must be .* found 1.1"),
        (lambda: ft.relative_entropy([1.0], [1.1]), "reference must be .* found 1.1"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
