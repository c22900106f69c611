"""The layers of a decoder whose weights are frozen, each forward and, by hand, back.

As in `groundup.transformers.gpt`, every `*_forward` returns its output and what its
`*_backward` needs. Gradients by frozen weights are never formed: what is left are
those by what came in, and by the thin matrices of the adapters.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..language_model import rms_norm

Array = NDArray[np.floating]


class Adapter(NamedTuple):
    """Two thin matrices beside some columns of a frozen one, and their gradients."""

    columns: slice
    A: Array  # (d_in, r)
    B: Array  # (r, d_out)
    A_gradient: Array
    B_gradient: Array
    scale: np.floating[Any]  # α / r, in the dtype of the weights


class Linear(NamedTuple):
    """A frozen matrix (d_in, d_out), and the adapters of its columns."""

    weight: Array
    adapters: tuple[Adapter, ...] = ()


class LinearCache(NamedTuple):
    """What `adapted_linear_backward` needs; without adapters, nothing."""

    x: Array | None
    narrow: list[Array]  # x A of each adapter


def adapted_linear_forward(x: Array, layer: Linear) -> tuple[Array, LinearCache]:
    """Return x W + (α/r) x A B: (n, d_in) -> (n, d_out).

    Formula `fine_tuning.lora`. Source: Hu et al. (2022).
    """
    y: Array = x @ layer.weight
    narrow: list[Array] = []
    for adapter in layer.adapters:
        u = x @ adapter.A  # (n, r)
        y[:, adapter.columns] += adapter.scale * (u @ adapter.B)
        narrow.append(u)
    return y, LinearCache(x if layer.adapters else None, narrow)


def adapted_linear_backward(d_y: Array, layer: Linear, cache: LinearCache) -> Array:
    """Return the gradient by x, and write those by A and B to the adapters.

    Formulas `fine_tuning.lora_backward_a`, `fine_tuning.lora_backward_b`.
    """
    d_x: Array = d_y @ layer.weight.T
    for adapter, u in zip(layer.adapters, cache.narrow, strict=True):
        d_added = d_y[:, adapter.columns] * adapter.scale
        d_u = d_added @ adapter.B.T
        assert cache.x is not None
        adapter.A_gradient[...] = cache.x.T @ d_u
        adapter.B_gradient[...] = u.T @ d_added
        d_x += d_u @ adapter.A.T
    return d_x


class RmsNormCache(NamedTuple):
    """What `rms_norm_backward` needs."""

    x: Array
    gain: Array
    eps: float


def rms_norm_forward(x: Array, gain: Array, eps: float) -> tuple[Array, RmsNormCache]:
    """Return the language model's `rms_norm`, and a cache: (n, d) -> (n, d)."""
    return rms_norm(x, gain, eps), RmsNormCache(x, gain, eps)


def rms_norm_backward(d_y: Array, cache: RmsNormCache) -> Array:
    """Return the gradient by x: (n, d) -> (n, d).

    Formula `fine_tuning.rms_norm_backward`. What would only make a row longer or
    shorter is taken out, since the norm undoes it.
    """
    x, d = cache.x, cache.x.dtype.type(cache.x.shape[-1])
    mean_square = np.vecdot(x, x)[:, None] / d
    inverse = 1 / np.sqrt(mean_square + x.dtype.type(cache.eps))
    d_normed = d_y * cache.gain
    along = np.vecdot(d_normed, x)[:, None] * (inverse * inverse / d)
    d_normed -= x * along
    d_normed *= inverse
    return d_normed


class GatedCache(NamedTuple):
    """What `gated_backward` needs."""

    gate_up: Array
    sigmoid: Array


def gated_forward(gate_up: Array) -> tuple[Array, GatedCache]:
    """Return silu(gate) ∗ up, which stand side by side: (n, 2 h) -> (n, h).

    Formula `language_model.swiglu`, its middle.
    """
    gate, up = np.split(gate_up, 2, axis=-1)
    with np.errstate(over="ignore"):  # 1 / (1 + infinity) is 0
        sigmoid = np.exp(-gate)
    sigmoid += 1
    np.divide(1, sigmoid, out=sigmoid)
    y = gate * sigmoid
    y *= up
    return y, GatedCache(gate_up, sigmoid)


def gated_backward(d_y: Array, cache: GatedCache) -> Array:
    """Return the gradient by gate and up, side by side: (n, h) -> (n, 2 h).

    Formula `fine_tuning.gated_backward`.
    """
    gate, up = np.split(cache.gate_up, 2, axis=-1)
    d_gate_up = np.empty_like(cache.gate_up)
    d_gate, d_up = np.split(d_gate_up, 2, axis=-1)
    by_sigmoid = d_y * cache.sigmoid
    np.multiply(by_sigmoid, gate, out=d_up)
    slope = 1 - cache.sigmoid
    slope *= gate
    slope += 1  # of silu, divided by the sigmoid
    slope *= up
    np.multiply(by_sigmoid, slope, out=d_gate)
    return d_gate_up
