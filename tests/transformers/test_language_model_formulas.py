"""Formulas of the language model against their code, and planted errors in both."""

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
from groundup.formulas.counting import Counted, counted
from groundup.pretrained.smollm2 import Config, shapes
from groundup.transformers import language_model as lm

from tests import ties
from tests.ties import planted

CHAPTER = Path(__file__).parents[2] / "chapters/transformers/language_model.md"

d, h, V, i, j, k = sp.symbols("d h V i j k", integer=True, positive=True)
eps, theta, phi, m, n, z = sp.symbols("epsilon theta phi m n z")
q1, q2, k1, k2 = sp.symbols("q_1 q_2 k_1 k_2")
x, g = sp.IndexedBase("x", shape=(d,)), sp.IndexedBase("g", shape=(d,))
a, b = sp.IndexedBase("a", shape=(h,)), sp.IndexedBase("b", shape=(h,))
G, U = sp.IndexedBase("G", shape=(d, h)), sp.IndexedBase("U", shape=(d, h))
D = sp.IndexedBase("D", shape=(h, d))
gate, up = sp.symbols("a_k b_k")
logit, T = sp.IndexedBase("l", shape=(V,)), sp.Symbol("T", positive=True)
best = sp.Symbol("l_max")
L, kv, group, e, hidden, size, S, each = SIZES = sp.symbols("L k g e h V S b")
width = kv * group * e
LAYER = 2 * width**2 + 2 * width * kv * e + 3 * width * hidden
TURNED = (
    a[j] * sp.cos(phi) - b[j] * sp.sin(phi),
    a[j] * sp.sin(phi) + b[j] * sp.cos(phi),
)
NEAR = (q1 * k1 + q2 * k2) * sp.cos(m - n) + (q1 * k2 - q2 * k1) * sp.sin(m - n)
SHARE = sp.exp(logit[j]) / sp.Sum(sp.exp(logit[k]), (k, 1, V))


def place(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(500)


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 40)


def uniform(low: float, high: float) -> Callable[..., Any]:
    return lambda rng, shape: rng.uniform(low, high, shape)


def above(term: Any) -> Any:
    return sp.Sum(sp.Piecewise((term, logit[j] > logit[i]), (0, True)), (j, 1, V))


def all_pairs(rotate: Any, a: Any, b: Any, m: float, theta: float) -> Any:
    """Return every turned pair of a row, which is one of two heads and positions."""
    row = np.concatenate([a, b])
    heads = np.array([[-row, 2 * row], [3 * row, row]])
    turned = rotate(heads, *lm.angles([0, m], len(row), theta))[1, 1]
    return turned.reshape(2, -1).T


def among_rows(layer: Any, x: Any, *rest: Any) -> Any:
    """Return what a layer makes of x as one of several rows of a batch of texts."""
    texts = np.array([[-x, 2 * x, x + 1], [3 * x, x, 0 * x]])
    return layer(texts, *rest)[1, 1]


def turned_score(rotate: Any, *numbers: float) -> Any:
    q, key, (m, n) = np.split(np.array(numbers), [2, 4])
    pairs = ((q, m), (key, n))
    one, two = (rotate(v[None], *lm.angles([at], 2, 1e5))[0] for v, at in pairs)
    return one @ two


def first_kept(rule: Any, logits: Any) -> list[int]:
    """Return, for each token, the smallest k that keeps it."""
    kept = [np.isfinite(rule(logits, k)) for k in range(1, len(logits) + 1)]
    return [
        next(k for k, of_k in enumerate(kept, 1) if of_k[i]) for i in indices(logits)
    ]


def indices(logits: Any) -> range:
    return range(len(logits))


def boundary(rule: Any, logits: Any, i: int, out: float, into: float) -> float:
    """Return where token i comes in between two shares, `out` if that keeps it."""
    if np.isfinite(rule(logits, out)[i]):
        return out
    for _ in range(60):
        middle = (out + into) / 2
        kept = np.isfinite(rule(logits, middle)[i])
        out, into = (out, middle) if kept else (middle, into)
    return into


def made(L: float, kv: float, group: float, e: float, *rest: float) -> Config:
    sizes = (L, kv * group * e, kv * group, kv, *rest)
    return Config(*map(int, sizes))


def cache_bytes(f: Any, *sizes: float) -> int:
    """Return the bytes of a cache, after a look at one."""
    *of_model, S, each = sizes
    config = made(*of_model)
    room = lm.Cache(config, room=int(S)).table.size
    assert f(config, int(S), int(each)) == room * each
    return f(config, int(S), int(each))


def numbers(f: Any, *sizes: float) -> int:
    """Return the number of parameters, after counting those that there are."""
    config = made(*sizes)
    assert f(config) == sum(map(prod, shapes(config).values()))
    return f(config)


class Tie(ties.Tie):
    """A formula of the chapter."""

    topic = "language_model"


COUNTS = {s: count for s in (L, kv, group, e, hidden, size)}
TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "rms_norm",
            g[j] * x[j] / sp.sqrt(sp.Sum(x[k] ** 2, (k, 1, d)) / d + eps),
            lm.rms_norm,
            {d: range(2, 9), x: (d,), g: (d,), eps: uniform(1e-6, 1e-2)},
            {"call": among_rows, "each": {j: d}},
        ),
        Tie(
            "rope",
            sp.Tuple(*TURNED),
            lm.rotate,
            {h: range(1, 7), a: (h,), b: (h,), m: place, theta: uniform(100, 1e5)},
            {
                "call": all_pairs,
                "where": {phi: m * theta ** (-(j - 1) / h)},
                "each": {j: h},
            },
        ),
        Tie(
            "relative_position",
            NEAR,
            lm.rotate,
            {s: normal for s in (q1, q2, k1, k2)} | {m: place, n: place},
            {"call": turned_score},
        ),
        Tie(
            "swiglu",
            sp.Sum(gate / (1 + sp.exp(-gate)) * up * D[k, j], (k, 1, h)),
            lm.swiglu,
            {
                d: range(2, 5),
                h: range(2, 6),
                x: normal,
                G: normal,
                U: normal,
                D: normal,
            },
            {
                "call": lambda f, x, G, U, D: among_rows(f, x, np.hstack([G, U]), D),
                "where": {
                    gate: sp.Sum(x[i] * G[i, k], (i, 1, d)),
                    up: sp.Sum(x[i] * U[i, k], (i, 1, d)),
                },
                "each": {j: d},
            },
        ),
        Tie(
            "kv_cache_bytes",
            2 * L * kv * e * S * each,
            lm.kv_cache_bytes,
            {s: count for s in (L, kv, group, e, S, each)},
            {"call": cache_bytes},
        ),
        Tie(
            "temperature",
            sp.exp(logit[i] / T) / sp.Sum(sp.exp(logit[j] / T), (j, 1, V)),
            lm.temperature,
            {V: range(2, 9), logit: shifted, T: uniform(0.1, 5)},
            {"call": lambda f, s, T: lm.probabilities(f(s, T)), "each": {i: V}},
        ),
        Tie(
            "top_k",
            1 + above(1),
            lm.top_k,
            {V: range(2, 9), logit: shifted},
            {"call": first_kept, "each": {i: V}},
        ),
        Tie(
            "top_p",
            above(SHARE),
            lm.top_p,
            {V: range(2, 7), logit: shifted},
            {
                "call": lambda f, s: [boundary(f, s, i, 0, 1) for i in indices(s)],
                "each": {i: V},
            },
        ),
        Tie(
            "min_p",
            sp.exp(logit[i] - best),
            lm.min_p,
            {V: range(1, 6), logit: uniform(-4, 0), best: uniform(0.1, 4)},
            {
                "call": lambda f, s, top: [
                    boundary(f, np.append(s, top), i, 1, 0) for i in indices(s)
                ],
                "each": {i: V},
            },
        ),
        Tie(
            "flops",
            2 * (L * (LAYER + 2 * width * S) + size * width),
            lm.flops,
            COUNTS | {S: count},
            {"call": lambda f, *sizes: f(made(*sizes[:-1]), int(sizes[-1]))},
        ),
        Tie(
            "parameters",
            size * width + L * LAYER + (2 * L + 1) * width,
            lm.parameters,
            COUNTS,
            {"call": numbers},
        ),
    )
}


@pytest.mark.parametrize("tie", TIES.values(), ids=TIES)
def test_formula_and_code_agree(tie: Tie) -> None:
    tie.check()
    found = REGISTRY[f"language_model.{tie.id}"].function
    assert found.startswith("groundup.transformers.language_model.")


def test_the_chapter_verifies_these_formulas_and_no_others() -> None:
    text = CHAPTER.read_text(encoding="utf-8")
    shown = re.findall(r'verify\(\s*"language_model\.(\w+)"', text)
    assert sorted(shown) == sorted(TIES)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("rms_norm", g[j] * x[j] / sp.sqrt(sp.Sum(x[k] ** 2, (k, 1, d)) + eps)),
        ("rope", sp.Tuple(*TURNED[::-1])),
        ("relative_position", NEAR.subs(n, -n)),
        ("swiglu", sp.Sum(gate * up * D[k, j], (k, 1, h))),
        ("kv_cache_bytes", L * kv * e * S * each),
        ("temperature", sp.exp(logit[i] * T) / sp.Sum(sp.exp(logit[j] * T), (j, 1, V))),
        ("top_k", above(1)),
        ("top_p", above(SHARE) / 2),
        ("min_p", sp.exp(best - logit[i])),
        ("flops", L * (LAYER + 2 * width * S) + size * width),
        ("parameters", size * width + L * LAYER + 2 * L * width),
    ],
)
def test_an_error_planted_in_a_formula_is_caught(name: str, wrong: Any) -> None:
    with pytest.raises(FormulaMismatch, match=f"language_model.{name}"):
        TIES[name].check(expression=wrong)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("rms_norm", "* gain", "* (1 + gain)"),
        ("rms_norm", "+ x.dtype.type(eps)", "+ 2 * x.dtype.type(eps)"),
        ("rope", "a * cos - b * sin", "a * cos + b * sin"),
        ("rope", "b * cos + a * sin", "b * cos - a * sin"),
        ("relative_position", "a * cos - b * sin", "a * cos + b * sin"),
        ("swiglu", "silu(gate) * up", "silu(up) * gate"),
        ("kv_cache_bytes", "2 * config", "config"),
        ("kv_cache_bytes", "kv_width", "width * 2"),
        ("temperature", "/ t\n", "* t\n"),
        ("top_k", "logits < least", "logits <= least"),
        ("top_p", ">= p - ROUNDING", ">= 1 - p"),
        ("min_p", "p * (1", "p**2 * (1"),
        ("flops", "3 * width", "2 * width"),
        ("flops", "* context", ""),
        ("parameters", "2 * config.width\n", "config.width\n"),
    ],
)
def test_an_error_planted_in_the_code_is_caught(
    name: str, right: str, wrong: str
) -> None:
    with planted(TIES[name].function, right, wrong):
        with pytest.raises((AssertionError, StopIteration)):
            TIES[name].check()


@pytest.mark.parametrize(
    ("name", "function", "right", "wrong"),
    [
        ("rms_norm", lm.rms_norm, "x.shape[-1]", "x.shape[0]"),
        (
            "rope",
            lm.angles,
            "(-np.arange(0, head_width, 2)",
            "(-np.arange(head_width // 2)",
        ),
        (
            "rope",
            lm.angles,
            "-np.arange(0, head_width, 2)",
            "-np.minimum(np.arange(0, head_width, 2), 2)",
        ),
        (
            "temperature",
            lm.probabilities,
            "scores - scores.max",
            "scores - 0 * scores.max",
        ),
        ("top_p", lm.top_p, "drop[..., 0] = False", "pass"),
        ("kv_cache_bytes", lm.kv_cache_bytes, "config.kv_width", "config.width"),
    ],
)
def test_an_error_planted_in_what_is_called_is_caught(
    name: str, function: Callable[..., Any], right: str, wrong: str
) -> None:
    with planted(function, right, wrong), pytest.raises(AssertionError):
        TIES[name].check()


@pytest.mark.parametrize(("kv", "group", "context"), [(2, 3, 7), (1, 2, 1), (3, 1, 4)])
def test_the_operations_of_a_token_are_those_that_the_model_carries_out(
    kv: int, group: int, context: int
) -> None:
    config = made(2, kv, group, 4, 10, 30)
    rng = np.random.default_rng(0)
    weights = {name: rng.normal(size=shape) for name, shape in shapes(config).items()}
    model = lm.LanguageModel(config, {n: counted(w) for n, w in weights.items()})
    cache = lm.Cache(config)
    cache.table = counted(cache.table)
    ids = rng.integers(30, size=context)
    if context > 1:
        model.logits(ids[:-1], cache)
    before = Counted.operations
    model.logits(ids[-1:], cache)
    assert Counted.operations - before == lm.flops(config, context)
