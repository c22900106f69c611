"""LoRA: two thin matrices beside each frozen one, learned in its place.

Matrices are (in, out), as everywhere in this book: x W + (α/r) x A B. The field writes
(out, in), so its W + (α/r) B A is the transpose of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod, sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from groundup.validation import token_ids

from .._flat import copy_by_name, parts_of
from ..gpt import cross_entropy_backward, cross_entropy_forward
from ..gpt.layers import IGNORED
from ..language_model import LanguageModel
from . import layers
from .config import LoraConfig, places, shapes
from .decoder import Block, BlockCache, Frame, block_backward, block_forward
from .layers import Adapter, Array, Linear
from .packing import Rows

FUSED = ("qkv", "output", "gate_up", "down")


class Lora:
    """A language model that stays as it is, and adapters that learn.

    `parameters` and `gradients` are the A and B by their names, parts of two long
    arrays, `flat` and `flat_gradient`, which an optimizer updates at once. Formula
    `fine_tuning.lora`. Source: Hu et al. (2022).
    """

    def __init__(
        self, model: LanguageModel, config: LoraConfig | None = None, *, seed: int = 0
    ) -> None:
        """Draw A evenly from ±1/√d_in, as peft does; B is zero, so nothing changes."""
        self.model, self.config = model, config or LoraConfig()
        needed = shapes(model.config, self.config)
        self.dtype = model.weights["embedding"].dtype
        self.flat: Array = np.zeros(sum(map(prod, needed.values())), self.dtype)
        self.flat_gradient: Array = np.zeros_like(self.flat)
        self.parameters = parts_of(self.flat, needed)
        self.gradients = parts_of(self.flat_gradient, needed)
        rng = np.random.default_rng(seed)
        for name, array in self.parameters.items():
            if name.endswith("A"):
                array[...] = rng.uniform(-1, 1, array.shape) / sqrt(len(array))
        self.blocks = blocks(model, self)
        self.cache: tuple[Any, ...] = (None, [], None, None, None)

    def load(self, found: Mapping[str, ArrayLike]) -> None:
        """Copy all A and B by name; raises ValueError where names or shapes differ."""
        copy_by_name(self.parameters, found)

    def states(self, rows: Rows) -> tuple[Array, Frame, list[BlockCache]]:
        """Return the vectors of all tokens after the last block: (B T, width).

        And the frame and the caches that the way back needs. Raises ValueError for ids
        that are none.
        """
        config, w = self.model.config, self.model.weights
        ids = token_ids(rows.ids, config.vocabulary, 2, least=1)
        x = np.ascontiguousarray(w["embedding"][:, ids.reshape(-1)].T)
        frame = Frame.of(config, rows.positions, rows.mask, self.dtype)
        caches = []
        for block in self.blocks:
            x, cache = block_forward(x, block, frame)
            caches.append(cache)
        return x, frame, caches

    def head(self, x: Array) -> tuple[Array, layers.RmsNormCache]:
        """Return the logits of vectors (n, width) -> (n, vocabulary), and a cache."""
        w, eps = self.model.weights, self.model.config.eps
        normed, cache = layers.rms_norm_forward(x, w["norm"], eps)
        return normed @ w["embedding"], cache

    def logits(self, rows: Rows) -> Array:
        """Return the logits after every token: (B, T, vocabulary)."""
        return self.head(self.states(rows)[0])[0].reshape(*rows.ids.shape, -1)

    def loss(self, rows: Rows) -> float:
        """Return the mean cross-entropy of the targets that count.

        Formula `fine_tuning.masked_loss`. Logits are formed for those tokens alone.
        Keeps what `backward` needs. Raises ValueError where no target counts.
        """
        targets = np.asarray(rows.targets).reshape(-1)
        counted = np.flatnonzero(targets != IGNORED)
        x, frame, caches = self.states(rows)
        logits, norm = self.head(x[counted])
        value, entropy = cross_entropy_forward(logits, targets[counted])
        self.cache = frame, caches, counted, norm, entropy
        return value

    def backward(self) -> None:
        """Write the gradient of the last `loss` by every A and B to `gradients`.

        What was kept is used up. Raises ValueError where no `loss` came before.
        """
        frame, caches, counted, norm, entropy = self.cache
        if not caches:
            raise ValueError("backward needs a loss before it, and each one its own")
        d_logits = cross_entropy_backward(entropy)
        d_normed = d_logits @ self.model.weights["embedding"].T
        d_x = np.zeros((frame.tokens, self.model.config.width), self.dtype)
        d_x[counted] = layers.rms_norm_backward(d_normed, norm)
        for block in reversed(self.blocks):
            d_x = block_backward(d_x, block, frame, caches.pop())

    def merged(self) -> LanguageModel:
        """Return a language model of its own that has the update in its weights.

        Formula `fine_tuning.merge`; matrices that are not adapted are shared.
        """
        weights = dict(self.model.weights)
        for layer, block in enumerate(self.blocks):
            for name in FUSED:
                linear: Linear = getattr(block, name)
                if linear.adapters:
                    weights[f"{layer}.{name}"] = merged(linear)
        return LanguageModel(self.model.config, weights, self.model.parts)


def merged(linear: Linear) -> Array:
    """Return W + (α/r) A B: (d_in, d_out)."""
    weight = linear.weight.copy()
    for adapter in linear.adapters:
        weight[:, adapter.columns] += adapter.scale * (adapter.A @ adapter.B)
    return weight


def blocks(model: LanguageModel, lora: Lora | None = None) -> list[Block]:
    """Return the blocks of a model, with adapters if there are any."""
    config, w = model.config, model.weights

    def linear(layer: int, name: str) -> Linear:
        found = [] if lora is None else adapters(lora, layer, name)
        return Linear(w[f"{layer}.{name}"], tuple(found))

    return [
        Block(
            w[f"{layer}.attention_norm"],
            linear(layer, "qkv"),
            linear(layer, "output"),
            w[f"{layer}.feed_forward_norm"],
            linear(layer, "gate_up"),
            linear(layer, "down"),
            config.eps,
        )
        for layer in range(config.layers)
    ]


def adapters(lora: Lora, layer: int, name: str) -> list[Adapter]:
    """Return the adapters of one of the model's matrices."""
    p, g, found = lora.parameters, lora.gradients, []
    scale = lora.dtype.type(lora.config.scale)
    for matrix, place in places(lora.model.config).items():
        if matrix in lora.config.matrices and place.matrix == name:
            a, b = f"{layer}.{matrix}.A", f"{layer}.{matrix}.B"
            found.append(Adapter(place.columns, p[a], p[b], g[a], g[b], scale))
    return found
