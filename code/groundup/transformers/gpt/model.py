"""A GPT: token ids in, logits of the next token out, and the way back by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from groundup.validation import token_ids

from .._flat import copy_by_name, parts_of
from ..attention import (
    attention_backward,
    attention_forward,
    causal_mask,
    merge_heads,
    split_heads,
)
from . import layers
from .layers import Array, Ids

STD = 0.02  # of all weights at the start. Source: Radford et al. (2019)


@dataclass(frozen=True)
class Config:
    """The sizes of a GPT; raises ValueError for sizes that cannot be."""

    vocabulary: int
    context: int
    width: int
    layers: int
    heads: int

    def __post_init__(self) -> None:
        if min(self.vocabulary, self.context, self.width, self.layers, self.heads) < 1:
            raise ValueError(f"every size must be 1 or more, found {self}")
        if self.width % self.heads:
            raise ValueError(
                f"{self.width} features cannot be split into {self.heads} heads"
            )


def shapes(config: Config) -> dict[str, tuple[int, ...]]:
    """Return the shape of every parameter, by the names that transformers uses."""
    d = config.width
    found: dict[str, tuple[int, ...]] = {
        "wte.weight": (config.vocabulary, d),
        "wpe.weight": (config.context, d),
    }
    for layer in range(config.layers):
        found |= {
            f"h.{layer}.{name}": shape
            for name, shape in {
                "ln_1.weight": (d,),
                "ln_1.bias": (d,),
                "attn.c_attn.weight": (d, 3 * d),
                "attn.c_attn.bias": (3 * d,),
                "attn.c_proj.weight": (d, d),
                "attn.c_proj.bias": (d,),
                "ln_2.weight": (d,),
                "ln_2.bias": (d,),
                "mlp.c_fc.weight": (d, 4 * d),
                "mlp.c_fc.bias": (4 * d,),
                "mlp.c_proj.weight": (4 * d, d),
                "mlp.c_proj.bias": (d,),
            }.items()
        }
    return found | {"ln_f.weight": (d,), "ln_f.bias": (d,)}


def parameters(config: Config) -> int:
    """Return how many numbers a GPT learns: (V + T) d + L (12 d² + 13 d) + 2 d.

    Formula `gpt.parameters`; the table that reads and scores tokens counts once.
    """
    d = config.width
    tables = (config.vocabulary + config.context) * d
    return tables + config.layers * (12 * d**2 + 13 * d) + 2 * d


def residual_std(n_layers: int, std: float = STD) -> float:
    """Return the spread of weights that write into the stream: std / √(2 L).

    Formula `gpt.residual_scaling`. Source: Radford et al. (2019).
    """
    return std / sqrt(2 * n_layers)


def views(flat: Array, config: Config) -> dict[str, Array]:
    """Return the parts of one long array, by name, in their shapes."""
    return parts_of(flat, shapes(config))


@dataclass(frozen=True)
class Parts:
    """Functions of the training; another one with the same shapes can stand in."""

    cross_entropy_forward: Callable[..., tuple[float, Any]] = (
        layers.cross_entropy_forward
    )
    cross_entropy_backward: Callable[[Any], Array] = layers.cross_entropy_backward
    layer_norm_backward: Callable[
        [Array, layers.LayerNormCache], tuple[Array, Array, Array]
    ] = layers.layer_norm_backward


class BlockCache(NamedTuple):
    """What `block_backward` needs."""

    ln_1: layers.LayerNormCache
    c_attn: layers.LinearCache
    attention: Any
    attn_proj: layers.LinearCache
    ln_2: layers.LayerNormCache
    c_fc: layers.LinearCache
    gelu: layers.GeluCache
    mlp_proj: layers.LinearCache


def part(w: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    """Return the weight and the bias of a layer."""
    return w[f"{name}.weight"], w[f"{name}.bias"]


def attend(qkv: Array, length: int, heads: int) -> tuple[Array, Any]:
    """Return what each position reads from those before it: (n, 3 d) -> (n, d)."""
    by_text = qkv.reshape(-1, length, qkv.shape[-1])
    q, k, v = (split_heads(a, heads) for a in np.split(by_text, 3, axis=-1))
    read, cache = attention_forward(q, k, v, causal_mask(length))  # (B, h, T, d/h)
    return merge_heads(read).reshape(len(qkv), -1), cache


def attend_backward(d_read: Array, length: int, heads: int, cache: Any) -> Array:
    """Return the gradient by queries, keys and values side by side: (n, 3 d)."""
    by_head = split_heads(d_read.reshape(-1, length, d_read.shape[-1]), heads)
    parts = [merge_heads(a) for a in attention_backward(by_head, cache)]
    return np.concatenate(parts, axis=-1).reshape(len(d_read), -1)


def block_forward(
    x: Array, w: Mapping[str, Array], length: int, heads: int
) -> tuple[Array, BlockCache]:
    """Return x plus what attention adds, plus what the feed-forward layer adds.

    Formula `gpt.block`. `x: (n, d)` holds texts of `length` rows each; `w` the
    parameters of one block. Sources: Vaswani et al. (2017), Radford et al. (2019).
    """
    normed, ln_1 = layers.layer_norm_forward(x, *part(w, "ln_1"))
    qkv, c_attn = layers.linear_forward(normed, *part(w, "attn.c_attn"))
    read, attention = attend(qkv, length, heads)
    told, attn_proj = layers.linear_forward(read, *part(w, "attn.c_proj"))
    told += x
    normed, ln_2 = layers.layer_norm_forward(told, *part(w, "ln_2"))
    wide, c_fc = layers.linear_forward(normed, *part(w, "mlp.c_fc"))
    active, gelu = layers.gelu_forward(wide)
    out, mlp_proj = layers.linear_forward(active, *part(w, "mlp.c_proj"))
    out += told
    return out, BlockCache(
        ln_1, c_attn, attention, attn_proj, ln_2, c_fc, gelu, mlp_proj
    )


def block_backward(
    d_out: Array,
    cache: BlockCache,
    g: Mapping[str, Array],
    length: int,
    heads: int,
    layer_norm_backward: Callable[..., Any] = layers.layer_norm_backward,
) -> Array:
    """Return the gradient by x, and write those by the parameters into `g`.

    The stream hands its gradient on as it is; what a branch adds is added.
    """

    def store(name: str, d_x: Array, d_weight: Array, d_bias: Array) -> Array:
        g[f"{name}.weight"][...], g[f"{name}.bias"][...] = d_weight, d_bias
        return d_x

    d = store("mlp.c_proj", *layers.linear_backward(d_out, cache.mlp_proj))
    d = layers.gelu_backward(d, cache.gelu)
    d = store("mlp.c_fc", *layers.linear_backward(d, cache.c_fc))
    d_told = store("ln_2", *layer_norm_backward(d, cache.ln_2))
    d_told += d_out
    d = store("attn.c_proj", *layers.linear_backward(d_told, cache.attn_proj))
    d = attend_backward(d, length, heads, cache.attention)
    d = store("attn.c_attn", *layers.linear_backward(d, cache.c_attn))
    d_x = store("ln_1", *layer_norm_backward(d, cache.ln_1))
    d_x += d_told
    return d_x


class GPT:
    """A GPT of GPT-2's architecture, trained by gradients written by hand.

    `parameters` and `gradients` go by transformers' names and are parts of two long
    arrays, `flat` and `flat_gradient`, which an optimizer updates at once. Formula
    `gpt.block`; tied embeddings. Source: Radford et al. (2019).
    """

    def __init__(
        self,
        config: Config,
        *,
        seed: int = 0,
        dtype: DTypeLike = np.float32,
        parts: Parts | None = None,
    ) -> None:
        """Draw the weights as GPT-2 does: those that end a branch are smaller."""
        self.config, self.parts = config, parts or Parts()
        self.flat: Array = np.zeros(parameters(config), dtype)
        self.flat_gradient: Array = np.zeros_like(self.flat)
        self.parameters = views(self.flat, config)
        self.gradients = views(self.flat_gradient, config)
        rng = np.random.default_rng(seed)
        for name, array in self.parameters.items():
            if name.split(".")[-2].startswith("ln"):
                array[...] = name.endswith("weight")
            elif name.endswith("weight"):
                writes = name.endswith("c_proj.weight")
                std = residual_std(config.layers) if writes else STD
                array[...] = rng.normal(0, std, array.shape)

    def load(self, weights: Mapping[str, ArrayLike]) -> None:
        """Copy parameters by name; raises ValueError where names or shapes differ."""
        copy_by_name(self.parameters, weights)

    def of_block(self, layer: int, arrays: Mapping[str, Array]) -> dict[str, Array]:
        """Return parameters or gradients of one block, by their short names."""
        start = f"h.{layer}."
        return {
            k.removeprefix(start): a for k, a in arrays.items() if k.startswith(start)
        }

    def blocks(self, arrays: Mapping[str, Array]) -> Iterator[dict[str, Array]]:
        """Yield parameters or gradients block by block."""
        return (self.of_block(layer, arrays) for layer in range(self.config.layers))

    def logits(self, ids: ArrayLike) -> Array:
        """Return the logits of each next token: (B, T) -> (B, T, V).

        Raises ValueError for ids that are none, and texts longer than the context.
        """
        table = self.checked(ids)
        return self.forward(table).reshape(*table.shape, -1)

    def checked(self, ids: ArrayLike) -> Ids:
        """Return ids as an array (B, T)."""
        table = token_ids(ids, self.config.vocabulary, 2, least=1)
        if table.shape[1] > self.config.context:
            raise ValueError(
                f"the context is {self.config.context} tokens, found {table.shape[1]}"
            )
        return table

    def forward(self, ids: Ids) -> Array:
        """Return the logits (B·T, V), and keep what `backward` needs."""
        w, length = self.parameters, ids.shape[1]
        read: Array = w["wte.weight"][ids] + w["wpe.weight"][:length]
        x = read.reshape(-1, self.config.width)  # (B, T, d) -> (n, d)
        caches = []
        for block in self.blocks(w):
            x, cache = block_forward(x, block, length, self.config.heads)
            caches.append(cache)
        h, last = layers.layer_norm_forward(x, *part(w, "ln_f"))
        self.cache = ids, caches, last, h
        return np.asarray(h @ w["wte.weight"].T)

    def loss(self, ids: ArrayLike, targets: ArrayLike) -> float:
        """Return the mean cross-entropy of the targets (B, T), −1 where none is.

        Formula `gpt.cross_entropy`. Keeps what `backward` needs.
        """
        table = self.checked(ids)
        logits = self.forward(table)
        value, self.loss_cache = self.parts.cross_entropy_forward(
            logits, np.asarray(targets).reshape(-1)
        )
        return value

    def backward(self, d_logits: Array | None = None) -> None:
        """Write the gradient of the last `loss` by every parameter to `gradients`.

        Or that of any other function of the last logits, whose gradient by them is
        `d_logits: (B·T, V)`.
        """
        ids, caches, last, h = self.cache
        w, g, length = self.parameters, self.gradients, ids.shape[1]
        if d_logits is None:
            d_logits = self.parts.cross_entropy_backward(self.loss_cache)
        d_h = d_logits @ w["wte.weight"]
        norm = self.parts.layer_norm_backward
        d_x, g["ln_f.weight"][...], g["ln_f.bias"][...] = norm(d_h, last)
        of_blocks = list(self.blocks(g))
        for cache, gradients in zip(reversed(caches), reversed(of_blocks), strict=True):
            heads = self.config.heads
            d_x = block_backward(d_x, cache, gradients, length, heads, norm)
        g["wte.weight"][...] = layers.tied_embedding_backward(
            ids.reshape(-1), d_x, h, d_logits
        )
        g["wpe.weight"][...] = 0
        g["wpe.weight"][:length] = d_x.reshape(*ids.shape, -1).sum(axis=0)
