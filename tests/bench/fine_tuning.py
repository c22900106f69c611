"""A step of LoRA on SmolLM2 beside peft: the same texts, forward, back and AdamW."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from groundup.transformers import fine_tuning as ft
from groundup.transformers.gpt import AdamW
from groundup.transformers.language_model import LanguageModel
from threadpoolctl import threadpool_info

from .measure import Benchmark, Figure

CONFIG = ft.LoraConfig(8, 16, ft.MATRICES)
ROWS, LENGTH, ANSWER = 4, 64, 28  # a third of the tokens and more are learned
RATE = 1e-4
# The most that one process may hold, ours and the library's: of each alone.
PEAK_MB = {"ours": 1000.0, "theirs": 2200.0}


def texts() -> ft.Rows:
    """Return four rows of 64 tokens, whose last are an answer."""
    ids = np.random.default_rng(0).integers(3, 49152, (ROWS, LENGTH + 1)).tolist()
    asked = LENGTH + 1 - ANSWER
    examples = [ft.Example.answer(row[:asked], row[asked:]) for row in ids]
    return ft.pack(examples, LENGTH, 2)


def our_step(lora: ft.Lora, rows: ft.Rows) -> Callable[[], None]:
    """Return what takes a step by hand."""
    optimizer = AdamW(lora.flat, np.zeros_like(lora.flat), betas=(0.9, 0.999))

    def step() -> None:
        lora.loss(rows)
        lora.backward()
        optimizer.step(lora.flat_gradient, RATE)

    return step


def their_step(lora: ft.Lora, rows: ft.Rows, *, sparing: bool) -> Callable[[], None]:
    """Return what takes a step with peft; `sparing` forms only logits that count.

    peft as it is gets the texts as it would from a reader: no mask of its own but the
    causal one, since each row holds one text, and its own loss.
    """
    import torch

    from tests.transformers import fine_tuning_peer as theirs

    model = theirs.peer(lora)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.0, fused=True)
    ids, targets = torch.tensor(rows.ids), torch.tensor(rows.targets)

    def step() -> None:
        counts = [pool["num_threads"] for pool in threadpool_info()]
        torch.set_num_threads(max(counts, default=1))
        optimizer.zero_grad()
        theirs.plain_loss(model, ids, targets, where_counted=sparing).backward()
        optimizer.step()

    return step


def benchmarks() -> list[Benchmark]:
    """Return the comparisons with peft as it is, and with fewer logits."""
    lora, rows = ft.Lora(LanguageModel.smollm2(), CONFIG), texts()
    name = f"a step of LoRA on SmolLM2, {ROWS} × {LENGTH} tokens"
    ours = our_step(lora, rows)
    return [
        Benchmark(name, "peft", ours, their_step(lora, rows, sparing=False), aim=1.0),
        Benchmark(
            name,
            "peft with logits where the loss is",
            ours,
            their_step(lora, rows, sparing=True),
            aim=1.1,
        ),
    ]


def peak(whose: str) -> float:
    """Return the most memory (MB) of a process that takes three steps and no more."""
    code = f"from {__name__} import take_steps; take_steps({whose!r})"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])


def take_steps(whose: str) -> None:
    """Take three steps, ours or peft's, and print the most memory that was held."""
    import resource

    lora, rows = ft.Lora(LanguageModel.smollm2(), CONFIG), texts()
    if whose == "ours":
        step = our_step(lora, rows)
    else:
        step = their_step(lora, rows, sparing=False)
    for _ in range(3):
        step()
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


def __getattr__(name: str) -> object:
    """Build the models only where they are measured, not where memory is."""
    if name == "BENCHMARKS":
        return benchmarks() if find_spec("peft") else []
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


FIGURES = [
    Figure(
        "most memory of a process that takes steps by hand",
        "MB",
        PEAK_MB["ours"],
        lambda: peak("ours"),
    ),
]
if find_spec("peft"):
    FIGURES.append(
        Figure(
            "most memory of a process that takes steps with peft",
            "MB",
            PEAK_MB["theirs"],
            lambda: peak("theirs"),
        )
    )
