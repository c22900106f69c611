"""What the page computes of a GPT, computed in Python: the stages of a journey."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.gpt import (
    GPT,
    gelu_forward,
    layer_norm_forward,
    linear_forward,
)
from groundup.transformers.gpt.model import attend, part

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Stage:
    """The stream after a part of the network has added to it.

    `added`, `stream`: (T, d); `detail`: weights (heads, T, T) of attention, or the
    activations (T, 4 d) of a feed-forward layer; `probabilities`: (T, V), if the
    journey ended here.
    """

    name: str
    added: Array
    stream: Array
    detail: Array
    probabilities: Array


def rounded(model: GPT) -> GPT:
    """Return the model in double precision, its weights as the page has them."""
    copy = GPT(model.config, dtype=np.float64)
    copy.flat[...] = model.flat.astype(np.float16)
    return copy


def lens(model: GPT, x: Array) -> Array:
    """Return the probabilities of the next token that a stream (T, d) would give."""
    w = model.parameters
    h, _ = layer_norm_forward(x, *part(w, "ln_f"))
    logits = h @ w["wte.weight"].T
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def journey(model: GPT, ids: Sequence[int], off: Collection[int] = ()) -> list[Stage]:
    """Return the stages of all tokens: their start, then two for each block.

    `off` numbers the parts that add nothing: 2·block for attention, 2·block + 1 for
    the feed-forward layer.
    """
    w, length = model.parameters, len(ids)
    start = w["wte.weight"][list(ids)] + w["wpe.weight"][:length]
    stages = [Stage("start", start, start, np.empty(0), lens(model, start))]
    for layer, block in enumerate(model.blocks(w)):
        x = stages[-1].stream
        normed, _ = layer_norm_forward(x, *part(block, "ln_1"))
        qkv, _ = linear_forward(normed, *part(block, "attn.c_attn"))
        read, cache = attend(qkv, length, model.config.heads)
        added, _ = linear_forward(read, *part(block, "attn.c_proj"))
        added *= 2 * layer not in off
        x = x + added
        weights = cache.weights[0]  # (heads, T, T)
        stages.append(Stage("attention", added, x, weights, lens(model, x)))
        normed, _ = layer_norm_forward(x, *part(block, "ln_2"))
        wide, _ = linear_forward(normed, *part(block, "mlp.c_fc"))
        active, _ = gelu_forward(wide)
        added, _ = linear_forward(active, *part(block, "mlp.c_proj"))
        added *= 2 * layer + 1 not in off
        x = x + added
        stages.append(Stage("feed-forward", added, x, active, lens(model, x)))
    return stages
