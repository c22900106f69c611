"""A language model of the Llama architecture: from token ids to logits, in NumPy.

Rows of `x: (T, d)` are the vectors of T tokens. Every matrix is (in, out), so a layer
is `x @ matrix`, and NumPy reads the matrix once, from front to back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.pretrained.smollm2 import Config, load_smollm2
from groundup.validation import token_ids

Array = NDArray[np.floating]
Turn = Callable[[Array], Array]
PIECE = 512  # tokens of a prompt that go through the layers at once
QUERIES = 128  # tokens whose scores are computed at once: bounds their table


def rms_norm(x: Array, gain: Array, eps: float) -> Array:
    """Return each row divided by the root of its mean square, times the gain.

    Formula `language_model.rms_norm`. Shapes `x: (..., d)`, `gain: (d,)`.
    Source: Zhang and Sennrich (2019).
    """
    mean_square = np.vecdot(x, x)[..., None] / x.dtype.type(x.shape[-1])
    return np.asarray(x / np.sqrt(mean_square + x.dtype.type(eps)) * gain)


def silu(z: Array) -> Array:
    """Return z·σ(z), a smooth gate: near 0 far left, near z far right."""
    with np.errstate(over="ignore"):  # e to a large power is inf, and z / inf is 0
        below = np.exp(-z)
    below += 1
    return np.divide(z, below, out=below)


def swiglu(x: Array, gate_up: Array, down: Array) -> Array:
    """Return the feed-forward layer (silu(x G) ∗ x U) D.

    Formula `language_model.swiglu`. Shapes `x: (..., d)`, `gate_up: (d, 2h)` with G
    and U side by side, `down: (h, d)`. Source: Shazeer (2020).
    """
    gate, up = np.split(x @ gate_up, 2, axis=-1)  # (..., h) each
    return (silu(gate) * up) @ down


def angles(positions: ArrayLike, head_width: int, theta: float) -> tuple[Array, Array]:
    """Return cosine and sine of every rotation: (T, head_width / 2) each.

    Pair j of an entry turns by theta^(−2j / head_width) a position; computed in
    double precision, because far positions turn many times around.
    """
    speeds = theta ** (-np.arange(0, head_width, 2) / head_width)
    turned = np.asarray(positions)[:, None] * speeds
    return np.cos(turned), np.sin(turned)


def rotate(x: Array, cos: Array, sin: Array) -> Array:
    """Turn the pairs (x_j, x_(j + d/2)) of every head by the angle of the position.

    Formula `language_model.rope`. Shapes `x: (..., T, d)`, `cos`, `sin`: (T, d / 2).
    Source: Su et al. (2021).
    """
    a, b = np.split(x, 2, axis=-1)
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)


def rotation(positions: ArrayLike, head_width: int, theta: float) -> Turn:
    """Return what turns rows of heads (..., T, head_width) to their T positions."""
    cos, sin = angles(positions, head_width, theta)
    return lambda x: rotate(x, cos.astype(x.dtype), sin.astype(x.dtype))


def softmax(scores: Array) -> Array:
    """Return the weights of scores along the last axis; the scores are overwritten."""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def attend(
    q: Array, k: Array, v: Array, softmax: Callable[[Array], Array] = softmax
) -> Array:
    """Return what the last T of S tokens read from all of them, each from its past.

    Each head of k and v serves a group of query heads (Ainslie et al., 2023). Shapes
    `q: (kv_heads, group, T, e)`, `k`, `v`: (kv_heads, S, e), result like `q`.
    """
    (heads, _, T, e), S = q.shape, k.shape[1]
    q = q * q.dtype.type(e**-0.5)
    read = np.empty_like(q)
    for start in range(0, T, QUERIES):
        some = q[:, :, start : start + QUERIES]  # (heads, group, t, e)
        t, seen = some.shape[2], S - T + start + some.shape[2]
        scores = some.reshape(heads, -1, e) @ k[:, :seen].swapaxes(1, 2)
        future = np.triu(np.full((t, t), -np.inf, q.dtype), 1)
        scores.reshape(heads, -1, t, seen)[..., seen - t :] += future
        told = softmax(scores) @ v[:, :seen]  # (heads, group * t, e)
        read[:, :, start : start + QUERIES] = told.reshape(some.shape)
    return read


def update_stream(
    x: Array, read: Array, output: Array, layer: Layer, parts: Parts
) -> Array:
    """Return the stream plus what was read, plus the layer's answer to the sum.

    Shapes `x`, `read`: (T, d), `output: (d, d)`, result (T, d).
    """
    x = x + read @ output
    normed = parts.rms_norm(x, layer.gain, layer.eps)
    return x + parts.swiglu(normed, layer.gate_up, layer.down)


class Layer(NamedTuple):
    """A feed-forward layer and the norm before it: (d,), (d, 2h), (h, d), a number."""

    gain: Array
    gate_up: Array
    down: Array
    eps: float


@dataclass(frozen=True)
class Parts:
    """The functions of a model; another one with the same shapes can stand in."""

    rms_norm: Callable[[Array, Array, float], Array] = rms_norm
    rotation: Callable[[ArrayLike, int, float], Turn] = rotation
    softmax: Callable[[Array], Array] = softmax
    attend: Callable[[Array, Array, Array, Callable[[Array], Array]], Array] = attend
    swiglu: Callable[[Array, Array, Array], Array] = swiglu
    update_stream: Callable[[Array, Array, Array, Layer, Parts], Array] = update_stream


class Cache:
    """The keys and values of the tokens read so far, of every layer.

    `length` tokens are in it; there is room for more, which doubles when it is full.
    """

    def __init__(self, config: Config, room: int = 256) -> None:
        self.length = 0
        shape = (config.layers, 2, config.kv_heads, room, config.head_width)
        self.table = np.empty(shape, np.float32)

    def make_room(self, more: int) -> None:
        """See to it that `more` tokens fit in."""
        room = self.table.shape[3]
        if self.length + more > room:
            wider = list(self.table.shape)
            wider[3] = max(2 * room, self.length + more)
            table = np.empty(wider, np.float32)
            table[..., : self.length, :] = self.table[..., : self.length, :]
            self.table = table  # last: who interrupts loses nothing

    def append(self, layer: int, k: Array, v: Array) -> tuple[Array, Array]:
        """Store k and v: (kv_heads, T, e) of new tokens; return those of all tokens."""
        end = self.length + k.shape[1]
        self.table[layer, 0, :, self.length : end] = k
        self.table[layer, 1, :, self.length : end] = v
        return self.table[layer, 0, :, :end], self.table[layer, 1, :, :end]


class LanguageModel:
    """A Llama: token ids in, one logit for each possible next token out.

    `weights` are named and shaped as `shapes` of `groundup.pretrained.smollm2` says;
    they are not copied. `parts` are the book's own functions, or others.
    """

    def __init__(
        self, config: Config, weights: Mapping[str, Array], parts: Parts | None = None
    ) -> None:
        self.config, self.weights, self.parts = config, weights, parts or Parts()

    @classmethod
    def smollm2(cls, parts: Parts | None = None) -> LanguageModel:
        """Return SmolLM2-135M-Instruct (Allal et al., 2025)."""
        return cls(*load_smollm2(), parts)

    def logits(
        self, ids: Sequence[int], cache: Cache | None = None, keep: int | None = 1
    ) -> Array:
        """Return the logits after the last `keep` of these tokens: (keep, vocabulary).

        `ids` follow the tokens of the cache, which takes them in. `keep=None` returns
        the logits after every token. Raises ValueError for ids out of range or none.
        """
        tokens = token_ids(ids, self.config.vocabulary, least=1)
        cache = Cache(self.config, len(tokens)) if cache is None else cache
        cache.make_room(len(tokens))
        pieces = range(0, len(tokens), PIECE)
        x = [self.states(tokens[start : start + PIECE], cache) for start in pieces]
        last = np.concatenate(x)[-(keep or 0) :]
        normed = self.parts.rms_norm(last, self.weights["norm"], self.config.eps)
        return normed @ self.weights["embedding"]  # tied: it reads, and it writes

    def states(self, tokens: NDArray[np.int64], cache: Cache) -> Array:
        """Return the vectors of new tokens after the last block: (T, width)."""
        x = np.ascontiguousarray(self.weights["embedding"][:, tokens].T)
        positions = np.arange(cache.length, cache.length + len(tokens))
        turn = self.turn(positions)
        for layer in range(self.config.layers):
            x = self.block(layer, x, turn, cache)
        cache.length += len(tokens)
        return x

    def turn(self, positions: ArrayLike) -> Turn:
        """Return what turns queries and keys (heads, T, e) to these positions."""
        return self.parts.rotation(positions, self.config.head_width, self.config.theta)

    def block(self, layer: int, x: Array, turn: Turn, cache: Cache) -> Array:
        """Return x: (T, width) plus what attention and feed-forward add to it."""
        w, eps, parts = self.weights, self.config.eps, self.parts
        normed = parts.rms_norm(x, w[f"{layer}.attention_norm"], eps)
        q, k, v = self.heads(normed @ w[f"{layer}.qkv"])
        k, v = cache.append(layer, turn(k), v)
        grouped = turn(q).reshape(len(k), -1, *q.shape[1:])
        read = parts.attend(grouped, k, v, parts.softmax).reshape(q.shape)
        read = read.swapaxes(0, 1).reshape(x.shape)  # the heads side by side again
        norm, gate_up, down = (
            w[f"{layer}.{name}"] for name in ("feed_forward_norm", "gate_up", "down")
        )
        second = Layer(norm, gate_up, down, eps)
        return parts.update_stream(x, read, w[f"{layer}.output"], second, parts)

    def heads(self, qkv: Array) -> list[Any]:
        """Split (T, width + 2 kv_width) into q, k and v: (heads, T, e) each."""
        c = self.config
        by_head = qkv.reshape(len(qkv), -1, c.head_width).swapaxes(0, 1)
        return np.split(by_head, [c.heads, c.heads + c.kv_heads])
