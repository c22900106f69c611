"""Scaled dot-product attention, forward and backward.

Queries `q` are (..., T, d), keys `k` (..., S, d), values `v` (..., S, d_v), a row each.
Where the axis before those two is that of heads, `q` may have several times as many
heads as `k` and `v` (grouped queries). A mask says what a query may see.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from groundup.validation import real_numbers

from .masks import Mask, masked
from .weights import Array, softmax_backward, softmax_in_place


def score_variance(
    n_features: float, query_variance: float = 1, key_variance: float = 1
) -> float:
    """Return Var(q·k) of independent entries with mean 0: d · Var(q) · Var(k).

    Formula `attention.score_variance`.
    """
    return float(n_features * query_variance * key_variance)


@dataclass(frozen=True)
class AttentionCache:
    """What the backward pass needs of a forward pass; queries as `folded` returns."""

    q: Array  # (..., g, r·T, d), scaled
    k: Array  # (..., g, S, d)
    v: Array  # (..., g, S, d_v)
    weights: Array  # (..., h, T, S)
    scale: float
    shape: tuple[int, ...]  # of q as it came


def scaled_dot_product_attention(
    q: ArrayLike,
    k: ArrayLike,
    v: ArrayLike,
    mask: Mask | None = None,
    *,
    scale: float | None = None,
) -> Array:
    """Return softmax(q kᵀ / √d) v: (..., T, d_v).

    Formula `attention.scaled_dot_product`. Shapes `q: (..., T, d)`, `k: (..., S, d)`,
    `v: (..., S, d_v)`. `mask` fits (..., T, S): boolean, True may be seen, or numbers
    added to the scores. `scale` stands in for 1/√d. Costs 4·T·S·d operations and the
    memory of T·S weights a head. Raises ValueError for shapes that do not fit.
    Source: Vaswani et al. (2017); grouped queries: Ainslie et al. (2023).
    """
    return attention_forward(q, k, v, mask, scale=scale)[0]


def attention_forward(
    q: ArrayLike,
    k: ArrayLike,
    v: ArrayLike,
    mask: Mask | None = None,
    *,
    scale: float | None = None,
) -> tuple[Array, AttentionCache]:
    """Return `scaled_dot_product_attention` and what its backward pass needs."""
    q, k, v = checked(q, k, v)
    scale = score_variance(q.shape[-1]) ** -0.5 if scale is None else scale
    rows: Array = folded(q, k) * q.dtype.type(scale)
    scores: Array = rows @ k.swapaxes(-1, -2)  # (..., g, r·T, S)
    scores = masked(scores.reshape(*q.shape[:-1], k.shape[-2]), mask)  # (..., h, T, S)
    weights = softmax_in_place(scores)
    out = weights.reshape(*rows.shape[:-1], k.shape[-2]) @ v
    cache = AttentionCache(rows, k, v, weights, scale, q.shape)
    return out.reshape(*q.shape[:-1], v.shape[-1]), cache


def attention_backward(
    d_out: ArrayLike, cache: AttentionCache
) -> tuple[Array, Array, Array]:
    """Return the gradients by q, k and v from the gradient by the output.

    Formulas `attention.backward_values`, `attention.backward_queries` and
    `attention.backward_keys`. `d_out: (..., T, d_v)`; results as q, k and v.
    Costs 8·T·S·d operations.
    """
    d_out = real_numbers(d_out, "d_out", 2)
    expected = (*cache.shape[:-1], cache.v.shape[-1])
    if d_out.shape != expected:
        raise ValueError(f"d_out must have shape {expected}, found {d_out.shape}")
    rows = (*cache.q.shape[:-1], cache.k.shape[-2])  # (..., g, r·T, S)
    d_out = d_out.reshape(*cache.q.shape[:-1], cache.v.shape[-1])
    weights = cache.weights.reshape(rows)
    d_v = weights.swapaxes(-1, -2) @ d_out  # grouped queries add up: (..., g, S, d_v)
    d_weights = d_out @ cache.v.swapaxes(-1, -2)
    d_scores = softmax_backward(d_weights, weights)
    d_q = (d_scores @ cache.k) * cache.q.dtype.type(cache.scale)
    d_k = d_scores.swapaxes(-1, -2) @ cache.q  # the queries are scaled already
    return d_q.reshape(cache.shape), d_k, d_v


def checked(q: ArrayLike, k: ArrayLike, v: ArrayLike) -> tuple[Array, Array, Array]:
    """Return queries, keys and values as arrays of one dtype whose shapes fit."""
    q, k, v = real_numbers(q, "q", 2), real_numbers(k, "k", 2), real_numbers(v, "v", 2)
    seen = f"found q {q.shape}, k {k.shape}, v {v.shape}"
    if q.shape[-1] != k.shape[-1] or q.shape[-1] == 0:
        raise ValueError(f"q and k must have as many features, at least 1; {seen}")
    if k.shape[:-1] != v.shape[:-1]:
        raise ValueError(f"each key needs one value; {seen}")
    same = q.ndim == k.ndim and q.shape[:-3] == k.shape[:-3]
    heads, groups = (a.shape[-3] if a.ndim > 2 else 1 for a in (q, k))
    if not same or (heads != groups and (groups == 0 or heads % groups)):
        raise ValueError(
            "axes before (T, d) must be the same, but for a number of heads of q"
            f" that is a multiple of that of k; {seen}"
        )
    dtype = np.result_type(q, k, v)
    q, k, v = (a.astype(dtype, copy=False) for a in (q, k, v))
    return q, k, v


def folded(q: Array, k: Array) -> Array:
    """Return q (..., h, T, d) as (..., g, h/g·T, d): all that ask the same keys.

    Then one product serves a whole group, and no key is copied.
    """
    if q.ndim == 2:
        return q
    return q.reshape(*k.shape[:-2], -1 if q.size else 0, q.shape[-1])


def operations(n_queries: int, n_keys: int, n_features: int) -> int:
    """Return the additions and multiplications of both products: 4·T·S·d.

    Formula `attention.operations`.
    """
    return 4 * n_queries * n_keys * n_features
