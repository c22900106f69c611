"""Training a GPT beside one in plain PyTorch: the same steps on the same names."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from groundup import datasets
from groundup.transformers import gpt
from groundup.transformers.gpt.training import decayed

from .measure import Benchmark

CONFIG = gpt.Config(vocabulary=27, context=12, width=64, layers=4, heads=4)
STEPS = 10


def benchmark() -> Benchmark:
    """Return the comparison of ten steps of 64 names, forward, back and AdamW."""
    import torch

    from tests.transformers.gpt_peer import optimizer, peer

    ids, targets = gpt.table(datasets.names(), CONFIG.context)
    model = gpt.GPT(CONFIG)
    mine = gpt.AdamW(model.flat, decayed(model), decay=0.1)
    theirs = peer(CONFIG, model.parameters)
    steps = optimizer(theirs, 1e-3, 0.1)
    chosen = np.random.default_rng(0).integers(len(ids), size=(STEPS, 64))

    def ours() -> None:
        for rows in chosen:
            model.loss(ids[rows], targets[rows])
            model.backward()
            mine.step(model.flat_gradient, 1e-3)

    def other() -> None:
        for rows in chosen:
            steps.zero_grad()
            theirs(torch.tensor(ids[rows]), torch.tensor(targets[rows])).backward()
            steps.step()

    return Benchmark(
        f"{STEPS} steps of training, 64 names each",
        "PyTorch",
        ours,
        other,
        aim=1.1,
    )


BENCHMARKS = [benchmark()] if find_spec("torch") else []
