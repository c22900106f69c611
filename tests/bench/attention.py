"""Attention beside PyTorch, forward and backward, at the sizes of the book's models."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from groundup.transformers import attention as at

from .measure import Benchmark

SIZES = {"names": (64, 4, 16, 16), "SmolLM2": (1, 9, 512, 64)}  # batch, heads, T, d


def benchmarks(name: str, shape: tuple[int, ...]) -> list[Benchmark]:
    """Return the comparison of both directions for causal attention in float32."""
    import torch

    rng = np.random.default_rng(0)
    q, k, v, g = (rng.normal(size=shape).astype(np.float32) for _ in range(4))
    mask = at.causal_mask(shape[2])
    inputs = [torch.tensor(a, requires_grad=True) for a in (q, k, v)]
    gradient = torch.tensor(g)
    peer = torch.nn.functional.scaled_dot_product_attention

    def ours() -> None:
        at.attention_backward(g, at.attention_forward(q, k, v, mask)[1])

    def theirs() -> None:
        out = peer(*inputs, is_causal=True)
        torch.autograd.grad(out, inputs, gradient)

    def forward() -> None:
        with torch.no_grad():
            peer(*inputs, is_causal=True)

    label = " × ".join(map(str, shape))
    return [
        Benchmark(
            f"attention of {name}, {label}",
            "PyTorch",
            lambda: at.scaled_dot_product_attention(q, k, v, mask),
            forward,
            aim=2.0,
        ),
        Benchmark(
            f"attention of {name} and back, {label}",
            "PyTorch",
            ours,
            theirs,
            aim=2.0,
        ),
    ]


BENCHMARKS = [
    entry
    for name, shape in SIZES.items()
    for entry in (benchmarks(name, shape) if find_spec("torch") else [])
]
