"""Heads: attention in several subspaces at once."""

from __future__ import annotations

import numpy as np

from .dot_product import attention_backward, attention_forward
from .masks import Mask
from .weights import Array


def split_heads(x: Array, n_heads: int) -> Array:
    """Return (..., T, h·d) as h heads: (..., h, T, d). A view, nothing is copied."""
    *leading, n, width = x.shape
    if n_heads < 1 or width % n_heads:
        raise ValueError(f"{width} features cannot be split into {n_heads} heads")
    return x.reshape(*leading, n, n_heads, width // n_heads).swapaxes(-2, -3)


def merge_heads(x: Array) -> Array:
    """Return the heads (..., h, T, d) side by side again: (..., T, h·d)."""
    *leading, n_heads, n, d = x.shape
    return x.swapaxes(-2, -3).reshape(*leading, n, n_heads * d)


class MultiHeadAttention:
    """Attention in several subspaces at once, with the projections in and out.

    `x: (..., T, d_model)` is projected to `n_heads` queries and `n_kv_heads` keys and
    values of d_model/n_heads features, and what the heads found back to d_model.
    Parameters, by name: `w_q`, `w_k`, `w_v`, `w_o`, each (features in, features out).
    Formula `attention.multi_head`. Source: Vaswani et al. (2017).
    """

    def __init__(
        self,
        d_model: int,
        n_heads: int,
        n_kv_heads: int | None = None,
        *,
        seed: int = 0,
    ) -> None:
        """Draw the weights; raises ValueError for heads that do not divide."""
        n_kv_heads = n_heads if n_kv_heads is None else n_kv_heads
        if n_heads < 1 or d_model % n_heads:
            raise ValueError(f"{d_model} features cannot be split into {n_heads} heads")
        if n_kv_heads < 1 or n_heads % n_kv_heads:
            raise ValueError(f"{n_heads} heads cannot share {n_kv_heads} keys")
        rng = np.random.default_rng(seed)
        self.n_heads, self.n_kv_heads = n_heads, n_kv_heads
        narrow = d_model // n_heads * n_kv_heads
        widths = {"w_q": d_model, "w_k": narrow, "w_v": narrow, "w_o": d_model}
        self.parameters: dict[str, Array] = {
            name: rng.normal(0, d_model**-0.5, (d_model, width))
            for name, width in widths.items()
        }
        self.gradients: dict[str, Array] = {}

    def forward(self, x: Array, mask: Mask | None = None) -> Array:
        """Return the output (..., T, d_model), and keep what `backward` needs."""
        w = self.parameters
        q = split_heads(x @ w["w_q"], self.n_heads)  # (..., h, T, d_head)
        k = split_heads(x @ w["w_k"], self.n_kv_heads)
        v = split_heads(x @ w["w_v"], self.n_kv_heads)
        found, self.cache = attention_forward(q, k, v, mask)
        self.x, self.found = x, merge_heads(found)
        return np.asarray(self.found @ w["w_o"])

    def backward(self, d_out: Array) -> Array:
        """Return the gradient by x, and store those of the parameters."""
        w = self.parameters
        d_found = split_heads(d_out @ w["w_o"].T, self.n_heads)
        parts = map(merge_heads, attention_backward(d_found, self.cache))
        self.gradients = {"w_o": product(self.found, d_out)}
        d_x = np.zeros_like(self.x)
        for name, part in zip(("w_q", "w_k", "w_v"), parts, strict=True):
            self.gradients[name] = product(self.x, part)
            d_x += part @ w[name].T
        return d_x


def product(x: Array, d_y: Array) -> Array:
    """Return Σ xᵀ d_y over all positions: the gradient by W of y = xW."""
    return x.reshape(-1, x.shape[-1]).T @ d_y.reshape(-1, d_y.shape[-1])
