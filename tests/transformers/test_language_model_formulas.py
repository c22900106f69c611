"""Formulas of the language model against their code, and planted errors in both."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.models import Config
from groundup.symbolic import REGISTRY, FormulaMismatch, verify
from groundup.transformers import language_model as lm

from tests.ties import with_error

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
own, best = sp.Symbol("l_i"), sp.Symbol("l_max")
L, kv, group, e, hidden, size, S, each = SIZES = sp.symbols("L k g e h V S b")
width = kv * group * e
LAYER = 2 * width**2 + 2 * width * kv * e + 3 * width * hidden
TURNED = (
    a[j] * sp.cos(phi) - b[j] * sp.sin(phi),
    a[j] * sp.sin(phi) + b[j] * sp.cos(phi),
)
NEAR = (q1 * k1 + q2 * k2) * sp.cos(m - n) + (q1 * k2 - q2 * k1) * sp.sin(m - n)
SHARE = sp.exp(logit[j]) / sp.Sum(sp.exp(logit[k]), (k, 1, V))


def normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.normal(size=shape)


def spread(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return 3 * rng.normal(size=shape)


def place(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(500)


def count(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.integers(1, 40)


def uniform(low: float, high: float) -> Callable[..., Any]:
    return lambda rng, shape: rng.uniform(low, high)


def above(term: Any) -> Any:
    return sp.Sum(sp.Piecewise((term, logit[j] > logit[i]), (0, True)), (j, 1, V))


def second_pair(rotate: Any, a: Any, b: Any, m: float, theta: float) -> Any:
    cos, sin = lm.angles([m], 2 * len(a), theta)
    return rotate(np.concatenate([a, b])[None], cos, sin)[0, [1, 1 + len(a)]]


def turned_score(rotate: Any, *numbers: float) -> Any:
    q, key, (m, n) = np.split(np.array(numbers), [2, 4])
    pairs = ((q, m), (key, n))
    one, two = (rotate(v[None], *lm.angles([at], 2, 1e5))[0] for v, at in pairs)
    return one @ two


def first_kept(rule: Any, logits: Any) -> int:
    return next(k for k in range(1, 20) if np.isfinite(rule(logits, k)[0]))


def boundary(rule: Any, logits: Any) -> float:
    low, high = 0.0, 1.0
    first = np.isfinite(rule(logits, low)[0])
    for _ in range(60):
        middle = (low + high) / 2
        same = np.isfinite(rule(logits, middle)[0]) == first
        low, high = (middle, high) if same else (low, middle)
    return high


def made(L: float, kv: float, group: float, e: float, *rest: float) -> Config:
    sizes = (L, kv * group * e, kv * group, kv, *rest)
    return Config(*map(int, sizes))


@dataclass
class Tie:
    """A formula, its function, and how the two are brought together."""

    id: str
    expression: Any
    function: Callable[..., Any]
    given: dict[Any, Any]
    call: Callable[..., Any]
    where: dict[Any, Any] = field(default_factory=dict)

    def check(
        self, expression: Any = None, function: Callable[..., Any] | None = None
    ) -> None:
        """Verify, with one side replaced where a replacement is given."""
        verify(
            f"language_model.{self.id}",
            self.expression if expression is None else expression,
            function or self.function,
            self.given,
            call=self.call,
            where=self.where,
            points=60,
        )


COUNTS = {s: count for s in (L, kv, group, e, hidden, size)}
TIES = {
    tie.id: tie
    for tie in (
        Tie(
            "rms_norm",
            g[j] * x[j] / sp.sqrt(sp.Sum(x[k] ** 2, (k, 1, d)) / d + eps),
            lm.rms_norm,
            {d: range(2, 9), x: (d,), g: (d,), eps: uniform(1e-6, 1e-2)},
            lambda f, x, g, eps: f(x, g, eps)[0],
            {j: 1},
        ),
        Tie(
            "rope",
            sp.Tuple(*TURNED),
            lm.rotate,
            {h: range(2, 7), a: normal, b: normal, m: place, theta: uniform(100, 1e5)},
            second_pair,
            {phi: m * theta ** (-(j - 1) / h), j: 2},
        ),
        Tie(
            "relative_position",
            NEAR,
            lm.rotate,
            {s: normal for s in (q1, q2, k1, k2)} | {m: place, n: place},
            turned_score,
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
            lambda f, x, G, U, D: f(x, np.hstack([G, U]), D)[0],
            {
                gate: sp.Sum(x[i] * G[i, k], (i, 1, d)),
                up: sp.Sum(x[i] * U[i, k], (i, 1, d)),
                j: 1,
            },
        ),
        Tie(
            "kv_cache_bytes",
            2 * L * kv * e * S * each,
            lm.kv_cache_bytes,
            {s: count for s in (L, kv, e, S, each)},
            lambda f, L, kv, e, S, b: f(made(L, kv, 1, e), int(S), int(b)),
        ),
        Tie(
            "temperature",
            sp.exp(logit[i] / T) / sp.Sum(sp.exp(logit[j] / T), (j, 1, V)),
            lm.temperature,
            {V: range(2, 9), logit: spread, T: uniform(0.1, 5)},
            lambda f, s, T: lm.probabilities(f(s, T))[0],
            {i: 1},
        ),
        Tie(
            "top_k",
            1 + above(1),
            lm.top_k,
            {V: range(2, 9), logit: spread},
            first_kept,
            {i: 1},
        ),
        Tie(
            "top_p",
            above(SHARE),
            lm.top_p,
            {V: range(2, 9), logit: spread},
            lambda f, s: 0.0 if s[0] == s.max() else boundary(f, s),
            {i: 1},
        ),
        Tie(
            "min_p",
            sp.exp(own - best),
            lm.min_p,
            {own: uniform(-4, 0), best: uniform(0.1, 4)},
            lambda f, s, top: boundary(f, np.array([s, top, s / 2, s - 1])),
        ),
        Tie(
            "flops",
            2 * (L * (LAYER + 2 * width * S) + size * width),
            lm.flops,
            COUNTS | {S: count},
            lambda f, *sizes: f(made(*sizes[:-1]), int(sizes[-1])),
        ),
        Tie(
            "parameters",
            size * width + L * LAYER + (2 * L + 1) * width,
            lm.parameters,
            COUNTS,
            lambda f, *sizes: f(made(*sizes)),
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
        ("min_p", sp.exp(best - own)),
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
    planted = with_error(TIES[name].function, right, wrong)
    with pytest.raises((FormulaMismatch, StopIteration)):
        TIES[name].check(function=planted)
