"""Decoding many prompts at once: the weights are read once a step for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from groundup.validation import token_ids

from ..attention import causal_mask
from ..language_model import LanguageModel, rms_norm
from .decoder import Frame, Memory, block_forward
from .layers import Array
from .lora import blocks
from .packing import Ids


class KeysAndValues(Memory):
    """The keys and values of one block, of all texts of a batch, as they grow."""

    def __init__(self, shape: tuple[int, int, int, int], dtype: np.dtype) -> None:
        """Make room: (B, kv_heads, room, e)."""
        self.length = 0
        self.keys, self.values = np.empty(shape, dtype), np.empty(shape, dtype)

    def append(self, k: Array, v: Array) -> tuple[Array, Array]:
        """Take in those of new tokens, (B, kv_heads, T, e), and return those of all."""
        end = self.length + k.shape[2]
        self.keys[:, :, self.length : end] = k
        self.values[:, :, self.length : end] = v
        self.length = end
        return self.keys[:, :, :end], self.values[:, :, :end]


class Batch:
    """Texts of several lengths side by side, which a model continues together.

    `real: (B, S)` says which columns hold a token of the text, and which its padding,
    that nobody may see. Positions count real tokens alone.
    """

    def __init__(self, model: LanguageModel, real: NDArray[np.bool_]) -> None:
        """Make room for texts of as many tokens as `real` has columns."""
        self.model, self.real, self.blocks = model, real, blocks(model)
        self.positions = np.maximum(np.cumsum(real, axis=1) - 1, 0)
        self.dtype, self.length = model.weights["embedding"].dtype, 0
        config = model.config
        shape = (len(real), config.kv_heads, real.shape[1], config.head_width)
        self.memories = [KeysAndValues(shape, self.dtype) for _ in self.blocks]

    def read(self, ids: Ids) -> Array:
        """Read the next columns of all texts, (B, T); return vectors (B, T, width)."""
        start, end = self.length, self.length + ids.shape[1]
        mask = causal_mask(end - start, end) & self.real[:, None, :end]
        frame = Frame.of(
            self.model.config, self.positions[:, start:end], mask, self.dtype
        )
        embedding = self.model.weights["embedding"]
        x = np.ascontiguousarray(embedding[:, ids.reshape(-1)].T)
        for block, memory in zip(self.blocks, self.memories, strict=True):
            x, _ = block_forward(x, block, frame, memory)
        self.length = end
        return x.reshape(*ids.shape, -1)

    def likeliest(self, x: Array) -> Ids:
        """Return the likeliest next token after each vector: (B, width) -> (B,)."""
        w = self.model.weights
        normed = rms_norm(x, w["norm"], self.model.config.eps)
        return np.asarray((normed @ w["embedding"]).argmax(axis=1))


def padded(
    prompts: Sequence[Sequence[int]], pad: int, side: str
) -> tuple[Ids, NDArray[np.bool_]]:
    """Return prompts as rows of one length, (B, T), and where their own tokens are."""
    if side not in ("left", "right"):
        raise ValueError(f"side must be 'left' or 'right', found {side!r}")
    longest = max(map(len, prompts))
    ids = np.full((len(prompts), longest), pad)
    real = np.zeros(ids.shape, np.bool_)
    for row, prompt in enumerate(prompts):
        start = longest - len(prompt) if side == "left" else 0
        ids[row, start : start + len(prompt)] = prompt
        real[row, start : start + len(prompt)] = True
    return ids, real


def generate_batch(
    model: LanguageModel,
    prompts: Sequence[Sequence[int]],
    limit: int,
    *,
    stop: int,
    side: str = "left",
) -> list[list[int]]:
    """Return the greedy continuation of each prompt, token by token as if alone.

    Each has at most `limit` tokens and ends before `stop`, with which prompts are
    padded on one `side`. Raises ValueError for empty prompts, ids that are none,
    another side and a negative limit.
    """
    for prompt in prompts:
        token_ids(prompt, model.config.vocabulary, least=1)
    token_ids([stop], model.config.vocabulary)
    if limit < 0:
        raise ValueError(f"limit must be 0 or more, found {limit}")
    made: list[list[int]] = [[] for _ in prompts]
    if not prompts or not limit:
        return made
    ids, real = padded(prompts, stop, side)
    room = np.ones((len(prompts), limit), np.bool_)
    batch = Batch(model, np.hstack([real, room]))
    # The last token of each prompt, wherever it stands.
    last = ids.shape[1] - 1 - real[:, ::-1].argmax(axis=1)
    x = batch.read(ids)[np.arange(len(ids)), last]
    going = np.ones(len(prompts), np.bool_)
    for step in range(limit):
        new = batch.likeliest(x)
        going &= new != stop
        for row in np.flatnonzero(going):
            made[row].append(int(new[row]))
        if not going.any() or step == limit - 1:
            break
        x = batch.read(new[:, None])[:, -1]
    return made
