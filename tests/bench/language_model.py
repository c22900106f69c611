"""SmolLM2 beside transformers, and beside what the memory allows: ratios of times."""

from __future__ import annotations

import numpy as np
import torch
from groundup.transformers.language_model import Cache, LanguageModel
from threadpoolctl import threadpool_info
from transformers import DynamicCache

from tests.transformers.language_model_peer import peer

from .measure import Benchmark

WRITTEN = 16  # tokens of one run
model = LanguageModel.smollm2()
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


def write() -> None:
    """Write tokens after a short prompt, one by one."""
    cache = Cache(model.config)
    token = prompt[0]
    for _ in range(WRITTEN):
        token = int(np.argmax(model.logits([token], cache)[0]))


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
        "SmolLM2 reads 512 tokens",
        "transformers",
        read,
        read_theirs,
        aim=1.0,
    ),
]
