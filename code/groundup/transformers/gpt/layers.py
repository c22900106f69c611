"""The layers of a GPT, each forward and, written by hand, backward.

Every `*_forward` returns its output and what its `*_backward` needs; every
`*_backward` takes the gradient by the output and returns those by the inputs, in
their order. Rows of `x: (n, d)` are positions of all texts of a batch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]
Ids = NDArray[np.integer]
EPS = 1e-5
IGNORED = -1  # the target of a position that is not to be learned
GELU_SLOPE = float(np.sqrt(2 / np.pi))
GELU_CUBIC = 0.044715


class LinearCache(NamedTuple):
    """What `linear_backward` needs."""

    x: Array
    weight: Array


def linear_forward(x: Array, weight: Array, bias: Array) -> tuple[Array, LinearCache]:
    """Return x W + b: (n, d_in) -> (n, d_out), with `weight: (d_in, d_out)`."""
    y = x @ weight
    y += bias
    return y, LinearCache(x, weight)


def linear_backward(d_y: Array, cache: LinearCache) -> tuple[Array, Array, Array]:
    """Return the gradients by x, weight and bias (gpt.linear_backward)."""
    return d_y @ cache.weight.T, cache.x.T @ d_y, d_y.sum(axis=0)


class LayerNormCache(NamedTuple):
    """What `layer_norm_backward` needs."""

    normed: Array
    inverse_std: Array
    weight: Array


def layer_norm_forward(
    x: Array, weight: Array, bias: Array, eps: float = EPS
) -> tuple[Array, LayerNormCache]:
    """Return rows of mean 0 and variance 1, times weight plus bias (gpt.layer_norm).

    `x: (n, d)`, `weight`, `bias`: (d,). Source: Ba, Kiros and Hinton (2016).
    """
    d = x.dtype.type(x.shape[-1])
    normed = x - (x.sum(axis=-1, keepdims=True) / d)
    variance = np.vecdot(normed, normed)[..., None] / d
    inverse_std = 1 / np.sqrt(variance + x.dtype.type(eps))
    normed *= inverse_std
    y = normed * weight
    y += bias
    return y, LayerNormCache(normed, inverse_std, weight)


def layer_norm_backward(
    d_y: Array, cache: LayerNormCache
) -> tuple[Array, Array, Array]:
    """Return the gradients by x, weight and bias (gpt.layer_norm_backward).

    What the row's mean and its length would undo is taken out of the gradient.
    """
    normed, d = cache.normed, d_y.dtype.type(d_y.shape[-1])
    d_normed = d_y * cache.weight
    along = np.vecdot(d_normed, normed)[..., None] / d
    d_normed -= d_normed.sum(axis=-1, keepdims=True) / d
    d_normed -= normed * along
    d_normed *= cache.inverse_std
    return d_normed, np.einsum("ni,ni->i", d_y, normed), d_y.sum(axis=0)


class GeluCache(NamedTuple):
    """What `gelu_backward` needs."""

    x: Array
    tanh: Array


def gelu_forward(x: Array) -> tuple[Array, GeluCache]:
    """Return x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))), entry by entry (gpt.gelu).

    The form that GPT-2 uses of x Φ(x). Source: Hendrycks and Gimpel (2016).
    """
    tanh = x * x
    tanh *= GELU_SLOPE * GELU_CUBIC
    tanh += GELU_SLOPE
    tanh *= x
    np.tanh(tanh, out=tanh)
    y = tanh + 1
    y *= x
    y *= 0.5
    return y, GeluCache(x, tanh)


def gelu_backward(d_y: Array, cache: GeluCache) -> Array:
    """Return the gradient by x (gpt.gelu_derivative)."""
    x, tanh = cache
    slope = x * x
    slope *= 3 * GELU_SLOPE * GELU_CUBIC
    slope += GELU_SLOPE
    slope *= x
    slope *= 1 - tanh * tanh
    slope += tanh
    slope += 1
    slope *= 0.5
    slope *= d_y
    return slope


class CrossEntropyCache(NamedTuple):
    """What `cross_entropy_backward` needs."""

    probabilities: Array
    targets: Ids
    rows: Ids


def cross_entropy_forward(
    logits: ArrayLike, targets: ArrayLike
) -> tuple[float, CrossEntropyCache]:
    """Return the mean of −ln p of the targets, and a cache (gpt.cross_entropy).

    `logits: (n, V)`, `targets: (n,)`, where −1 marks a row that does not count.
    Raises ValueError for shapes that do not fit, targets that are no id, none at all.
    """
    scores, wanted = np.asarray(logits), np.asarray(targets)
    if scores.ndim != 2 or wanted.shape != scores.shape[:1]:
        raise ValueError(
            "expected logits (n, V) and targets (n,),"
            f" found {scores.shape} and {wanted.shape}"
        )
    rows = np.flatnonzero(wanted != IGNORED)
    wanted = wanted[rows]
    if not len(rows):
        raise ValueError("no target counts: all of them are -1")
    if wanted.min() < 0 or wanted.max() >= scores.shape[1]:
        raise ValueError(f"targets must be -1 or in 0..{scores.shape[1] - 1}")
    shifted = scores[rows]
    shifted -= shifted.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    total = powers.sum(axis=1, keepdims=True)
    picked = shifted[np.arange(len(rows)), wanted] - np.log(total[:, 0])
    powers /= total
    full = np.zeros_like(scores)
    full[rows] = powers
    return -float(picked.mean()), CrossEntropyCache(full, wanted, rows)


def cross_entropy_backward(cache: CrossEntropyCache) -> Array:
    """Return the gradient by the logits: (p − y) / N (gpt.cross_entropy_backward)."""
    d_logits = cache.probabilities.copy()
    d_logits[cache.rows, cache.targets] -= 1
    d_logits /= d_logits.dtype.type(len(cache.rows))
    return d_logits


def tied_embedding_backward(ids: Ids, d_x: Array, h: Array, d_logits: Array) -> Array:
    """Return the gradient by a table that both reads tokens and scores them.

    Formula `gpt.tied_gradient`: the sum of what comes in by both ways. `ids: (n,)`,
    `d_x`, `h`: (n, d), `d_logits: (n, V)` -> (V, d). Source: Press and Wolf (2017).
    """
    d_table: Array = d_logits.T @ h
    np.add.at(d_table, ids, d_x)
    return d_table
