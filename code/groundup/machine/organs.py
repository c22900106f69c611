"""How the parts of the talking machine are fitted in.

A fitting turns the function that an exercise asks for into the function that stands in
its place in the model. They differ in little: the exercise's is easier to read, the
model's does many heads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from groundup.transformers.language_model import Layer, Parts, probabilities
from groundup.transformers.language_model.model import Turn

from .guard import WrongResult, like, locked

Array = np.ndarray
Function = Callable[..., Any]


def rms_norm(mine: Function) -> Function:
    """Fit `rms_norm(x, gain, eps)`."""

    def fitted(x: Array, gain: Array, eps: float) -> Array:
        return like(mine(*locked(x, gain), eps), x, x.dtype)

    return fitted


def rotation(mine: Function) -> Function:
    """Fit `rotate(x, positions, base)`, which turns one head: the heads follow."""

    def fitted(positions: ArrayLike, head_width: int, theta: float) -> Turn:
        places = np.asarray(positions)

        def turn(x: Array) -> Array:
            heads = x.reshape(-1, *x.shape[-2:])
            turned = [
                like(mine(*locked(head, places), theta), head, x.dtype)
                for head in heads
            ]
            return np.stack(turned).reshape(x.shape)

        return turn

    return fitted


def softmax(mine: Function) -> Function:
    """Fit `softmax(x)`: the weights of the scores, here and where a token is drawn."""

    def fitted(scores: Array) -> Array:
        return like(mine(*locked(scores)), scores, scores.dtype)

    return fitted


def attention(mine: Function) -> Function:
    """Fit `attention(q, k, v)`, which sees all it gets: each token gets its past."""

    def fitted(q: Array, k: Array, v: Array, softmax: Function) -> Array:
        (heads, _, T, _), S = q.shape, k.shape[1]
        read = np.empty_like(q)
        for t in range(T):
            seen = S - T + t + 1
            for head in range(heads):
                asked = q[head, :, t]  # (group, e): the queries that share these keys
                found = mine(*locked(asked, k[head, :seen], v[head, :seen]))
                read[head, :, t] = like(found, asked, q.dtype)
        return read

    return fitted


def cache_step(mine: Function, others: Function) -> Function:
    """Fit `step(q, k, v, keys, values)`: one new token; a prompt is read as before."""

    def fitted(q: Array, k: Array, v: Array, softmax: Function) -> Array:
        if q.shape[2] > 1:
            return np.asarray(others(q, k, v, softmax))
        read = np.empty_like(q)
        for head, (keys, values) in enumerate(zip(k, v, strict=True)):
            past = keys[-1], values[-1], keys[:-1], values[:-1]
            for one in range(q.shape[1]):
                told = mine(*locked(q[head, one, 0], *past))
                if not (isinstance(told, tuple) and len(told) == 3):
                    raise WrongResult("it must return what was read, keys and values")
                read[head, one, 0] = like(told[0], q[head, one, 0], q.dtype)
                like(told[1], keys, q.dtype)
                like(told[2], values, q.dtype)
        return read

    return fitted


def swiglu(mine: Function) -> Function:
    """Fit `swiglu(x, gate, up, down)`: the model has both matrices side by side."""

    def fitted(x: Array, gate_up: Array, down: Array) -> Array:
        gate, up = np.split(gate_up, 2, axis=1)
        return like(mine(*locked(x, gate, up, down)), x, x.dtype)

    return fitted


def llama_block(mine: Function) -> Function:
    """Fit `llama_block(x, read, output, gain, gate, up, down, eps)`."""

    def fitted(
        x: Array, read: Array, output: Array, layer: Layer, parts: Parts
    ) -> Array:
        gate, up = np.split(layer.gate_up, 2, axis=1)
        arrays = locked(x, read, output, layer.gain, gate, up, layer.down)
        return like(mine(*arrays, layer.eps), x, x.dtype)

    return fitted


def encode_word(mine: Function, merges: Sequence[tuple[bytes, bytes]]) -> Function:
    """Fit `encode_word(word, merges)`: a byte is the character of its number."""
    pairs = [(a.decode("latin-1"), b.decode("latin-1")) for a, b in merges]

    def fitted(word: bytes) -> list[bytes]:
        found = mine(word.decode("latin-1"), pairs)
        if not isinstance(found, list) or not all(isinstance(s, str) for s in found):
            raise WrongResult("it must return a list of symbols")
        if "".join(found) != word.decode("latin-1"):
            raise WrongResult("its symbols do not add up to the word")
        return [symbol.encode("latin-1") for symbol in found]

    return fitted


def nucleus(mine: Function) -> Function:
    """Fit `top_p(probabilities, p)`: what is dropped has no logit any more."""

    def fitted(logits: ArrayLike, p: float) -> Array:
        weights = probabilities(logits)
        kept = like(mine(*locked(weights), p), weights, np.float64)
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(kept))

    return fitted
