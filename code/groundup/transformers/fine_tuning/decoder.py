"""A block of a decoder over many texts at once, forward and, by hand, back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from groundup.pretrained.smollm2 import Config

from ..attention import (
    attention_backward,
    attention_forward,
    merge_heads,
    split_heads,
)
from ..language_model import angles, rotate
from . import layers
from .layers import Array, Linear


@dataclass(frozen=True)
class Frame:
    """What all blocks share: the heads, who may see whom, how far each token turns.

    `mask: (B, 1, T, S)`, True may be seen; `cos`, `sin`: (B, 1, T, e / 2).
    """

    heads: int
    kv_heads: int
    mask: NDArray[np.bool_]
    cos: Array
    sin: Array

    @classmethod
    def of(
        cls,
        config: Config,
        positions: ArrayLike,
        mask: NDArray[np.bool_],
        dtype: DTypeLike,
    ) -> Frame:
        """Return the frame of tokens at positions (B, T) with a mask (B, T, S)."""
        where = np.asarray(positions)
        turned = angles(where.reshape(-1), config.head_width, config.theta)
        shape = (len(where), 1, where.shape[1], config.head_width // 2)
        cos, sin = (a.reshape(shape).astype(dtype) for a in turned)
        return cls(config.heads, config.kv_heads, mask[:, None], cos, sin)

    @property
    def tokens(self) -> int:
        """The number of tokens, of all texts."""
        return int(self.cos.shape[0] * self.cos.shape[2])

    def split(self, qkv: Array) -> tuple[Array, Array, Array]:
        """Return turned queries, turned keys and values: (B, heads, T, e) each."""
        h, g, (batch, _, length, _) = self.heads, self.kv_heads, self.cos.shape
        by_head = split_heads(qkv.reshape(batch, length, -1), h + 2 * g)
        q, k, v = np.split(by_head, [h, h + g], axis=1)
        return (
            rotate(q, self.cos, self.sin),
            rotate(k, self.cos, self.sin),
            np.ascontiguousarray(v),
        )

    def split_backward(self, d_q: Array, d_k: Array, d_v: Array) -> Array:
        """Return the gradient by what `split` took, turned back the same way."""
        d_q = rotate(d_q, self.cos, -self.sin)
        d_k = rotate(d_k, self.cos, -self.sin)
        by_text = merge_heads(np.concatenate([d_q, d_k, d_v], axis=1))
        return by_text.reshape(-1, by_text.shape[-1])


class Memory:
    """Keys and values that a block has seen before: here, none."""

    def append(self, k: Array, v: Array) -> tuple[Array, Array]:
        """Take in those of new tokens, (B, kv_heads, T, e), and return those of all."""
        return k, v


NONE = Memory()


def attend(qkv: Array, frame: Frame, memory: Memory = NONE) -> tuple[Array, Any]:
    """Return what each token reads from those that it may see: (n, …) -> (n, d)."""
    q, k, v = frame.split(qkv)
    read, cache = attention_forward(q, *memory.append(k, v), frame.mask)
    return merge_heads(read).reshape(len(qkv), -1), cache


def attend_backward(d_read: Array, frame: Frame, cache: Any) -> Array:
    """Return the gradient by queries, keys and values side by side.

    The queries of a group ask the same keys, whose gradients add up.
    """
    batch, _, length, _ = frame.cos.shape
    by_head = split_heads(d_read.reshape(batch, length, -1), frame.heads)
    d_q, d_k, d_v = attention_backward(np.ascontiguousarray(by_head), cache)
    return frame.split_backward(d_q, d_k, d_v)


class Block(NamedTuple):
    """One block of a decoder: its norms, and its matrices with their adapters."""

    attention_norm: Array
    qkv: Linear
    output: Linear
    feed_forward_norm: Array
    gate_up: Linear
    down: Linear
    eps: float


class BlockCache(NamedTuple):
    """What `block_backward` needs."""

    attention_norm: layers.RmsNormCache
    qkv: layers.LinearCache
    attention: Any
    output: layers.LinearCache
    feed_forward_norm: layers.RmsNormCache
    gate_up: layers.LinearCache
    gated: layers.GatedCache
    down: layers.LinearCache


def block_forward(
    x: Array, block: Block, frame: Frame, memory: Memory = NONE
) -> tuple[Array, BlockCache]:
    """Return x: (n, d) plus what attention and the feed-forward layer add to it."""
    linear, norm = layers.adapted_linear_forward, layers.rms_norm_forward
    normed, norm_1 = norm(x, block.attention_norm, block.eps)
    qkv, by_qkv = linear(normed, block.qkv)
    read, attention = attend(qkv, frame, memory)
    told, by_output = linear(read, block.output)
    told += x
    normed, norm_2 = norm(told, block.feed_forward_norm, block.eps)
    gate_up, by_gate_up = linear(normed, block.gate_up)
    wide, gated = layers.gated_forward(gate_up)
    out, by_down = linear(wide, block.down)
    out += told
    return out, BlockCache(
        norm_1, by_qkv, attention, by_output, norm_2, by_gate_up, gated, by_down
    )


def block_backward(
    d_out: Array, block: Block, frame: Frame, cache: BlockCache
) -> Array:
    """Return the gradient by x, and write those of the adapters to where they belong.

    The stream hands its gradient on as it is; what a branch adds is added.
    """
    linear, norm = layers.adapted_linear_backward, layers.rms_norm_backward
    d = linear(d_out, block.down, cache.down)
    d = layers.gated_backward(d, cache.gated)
    d = linear(d, block.gate_up, cache.gate_up)
    d_told = norm(d, cache.feed_forward_norm)
    d_told += d_out
    d = linear(d_told, block.output, cache.output)
    d = attend_backward(d, frame, cache.attention)
    d = linear(d, block.qkv, cache.qkv)
    d_x = norm(d, cache.attention_norm)
    d_x += d_told
    return d_x
