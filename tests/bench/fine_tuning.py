"""A step of LoRA on SmolLM2 beside peft: the same texts, forward, back and AdamW."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from groundup.transformers import fine_tuning as ft
from groundup.transformers.gpt import AdamW
from groundup.transformers.language_model import LanguageModel
from threadpoolctl import threadpool_info

from .measure import Benchmark, Figure

CONFIG = ft.LoraConfig(8, 16, ft.MATRICES)
ROWS, LENGTH, ANSWER = 4, 64, 28  # a third of the tokens and more are learned
RATE = 1e-4
# What a process of its own may hold; theirs has the weights of both in memory.
PEAK_MB = {"ours": 1200.0, "theirs": 2500.0}


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


def their_steps(
    lora: ft.Lora, rows: ft.Rows
) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what takes a step with peft as it is, and with logits that count alone.

    One model serves both, as two would take half a gigabyte more. peft gets the texts
    as from a reader: with no mask but the causal one, since each row holds one text.
    """
    import torch

    from tests.transformers import fine_tuning_peer as theirs

    model = theirs.peer(lora)
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=RATE, weight_decay=0.0, fused=True)
    ids, targets = torch.tensor(rows.ids), torch.tensor(rows.targets)

    def step(where_counted: bool) -> None:
        counts = [pool["num_threads"] for pool in threadpool_info()]
        torch.set_num_threads(max(counts, default=1))
        optimizer.zero_grad()
        loss = theirs.plain_loss(model, ids, targets, where_counted=where_counted)
        loss.backward()
        optimizer.step()

    return partial(step, False), partial(step, True)


def benchmarks() -> list[Benchmark]:
    """Return the comparisons with peft as it is, and with fewer logits."""
    lora, rows = ft.Lora(LanguageModel.smollm2(), CONFIG), texts()
    name = f"a step of LoRA on SmolLM2, {ROWS} × {LENGTH} tokens"
    ours, (plain, sparing) = our_step(lora, rows), their_steps(lora, rows)
    fewer = "peft with logits where the loss is"
    return [
        Benchmark(name, "peft", ours, plain, aim=1.0),
        Benchmark(name, fewer, ours, sparing, aim=1.1),
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
    lora, rows = ft.Lora(LanguageModel.smollm2(), CONFIG), texts()
    step = our_step(lora, rows) if whose == "ours" else their_steps(lora, rows)[0]
    for _ in range(3):
        step()
    print(most_memory())


def most_memory() -> float:
    """Return the most memory (MB) that this program has held.

    On Linux `getrusage` would tell that of the program which started it, if more.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="ascii").splitlines()
        peak = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
        return int(peak) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes on macOS


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
