"""SmolLM2 beside transformers, and beside what the memory allows: ratios of times."""

from __future__ import annotations

import numpy as np
import torch
from groundup.transformers.language_model import Cache, LanguageModel
from groundup.transformers.language_model.model import (
    Array,
    Turn,
    attend,
    rms_norm,
    softmax,
    swiglu,
)
from threadpoolctl import threadpool_info
from transformers import DynamicCache

from tests.transformers.language_model_peer import peer

from .measure import Benchmark

WRITTEN = 16  # tokens of one run


class Wired(LanguageModel):
    """The model as it would be if its parts could not be exchanged."""

    def block(self, layer: int, x: Array, turn: Turn, cache: Cache) -> Array:
        """Return x: (T, width) plus what attention and feed-forward add to it."""
        w, eps = self.weights, self.config.eps
        q, k, v = self.heads(
            rms_norm(x, w[f"{layer}.attention_norm"], eps) @ w[f"{layer}.qkv"]
        )
        k, v = cache.append(layer, turn(k), v)
        grouped = turn(q).reshape(len(k), -1, *q.shape[1:])
        read = attend(grouped, k, v, softmax).reshape(q.shape)
        x = x + read.swapaxes(0, 1).reshape(x.shape) @ w[f"{layer}.output"]
        normed = rms_norm(x, w[f"{layer}.feed_forward_norm"], eps)
        return x + swiglu(normed, w[f"{layer}.gate_up"], w[f"{layer}.down"])


model = LanguageModel.smollm2()
wired = Wired(model.config, model.weights)
theirs = peer(model.config, model.weights)
rng = np.random.default_rng(0)
prompt = rng.integers(3, model.config.vocabulary, 512).tolist()


def threads() -> int:
    """Return how many threads NumPy is allowed, which torch then gets too."""
    counts = [pool["num_threads"] for pool in threadpool_info()]
    return max(counts, default=1)


def read() -> None:
    """Read 512 tokens."""
    model.logits(prompt)


@torch.inference_mode()
def read_theirs() -> None:
    """Read 512 tokens with transformers, which also returns the last logits alone."""
    torch.set_num_threads(threads())
    theirs(torch.tensor([prompt]), logits_to_keep=1)


def write(with_: LanguageModel = model) -> None:
    """Write tokens after a short prompt, one by one."""
    cache = Cache(model.config)
    token = prompt[0]
    for _ in range(WRITTEN):
        token = int(np.argmax(with_.logits([token], cache)[0]))


def write_wired() -> None:
    """Write as many with the functions called by name, no part in between."""
    write(wired)


@torch.inference_mode()
def write_theirs() -> None:
    """Write as many tokens with transformers and its cache."""
    torch.set_num_threads(threads())
    cache, token = DynamicCache(config=theirs.config), torch.tensor([[prompt[0]]])
    for _ in range(WRITTEN):
        logits = theirs(token, past_key_values=cache, use_cache=True).logits
        token = logits[:, -1:].argmax(-1)


def read_memory() -> None:
    """Read all weights as often as writing needs them, and do next to nothing else."""
    for _ in range(WRITTEN):
        for array in model.weights.values():
            flat = array.reshape(-1)
            np.dot(flat, flat)


BENCHMARKS = [
    Benchmark(
        "SmolLM2 writes 16 tokens",
        "transformers",
        write,
        write_theirs,
        aim=1 / 1.6,
    ),
    Benchmark(
        "SmolLM2 writes 16 tokens",
        "reading its weights",
        write,
        read_memory,
        aim=2.0,
    ),
    Benchmark(
        "SmolLM2 writes 16 tokens with parts that can be exchanged",
        "the same functions wired in",
        write,
        write_wired,
        aim=1.02,
    ),
    Benchmark(
        "SmolLM2 reads 512 tokens",
        "transformers",
        read,
        read_theirs,
        aim=1.0,
    ),
]
