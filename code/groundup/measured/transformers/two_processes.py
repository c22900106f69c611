"""LoRA on two processes: each sees half of the rows, both have the same adapters.

ACCELERATE_USE_CPU=true torchrun --nproc_per_node 2 \\
    -m groundup.measured.transformers.two_processes

The model is a tiny Llama with random weights, in double
precision, so that two processes and one can be compared:
`python -m … --batch 4` takes the same steps alone.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import peft
import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader
from transformers import LlamaConfig, LlamaForCausalLM

SIZES = LlamaConfig(
    vocab_size=64,
    hidden_size=32,
    intermediate_size=64,
    num_hidden_layers=2,
    num_attention_heads=4,
    num_key_value_heads=2,
)
ADAPTERS = peft.LoraConfig(
    r=4,
    lora_alpha=8,
    target_modules=["q_proj", "v_proj"],
    task_type="CAUSAL_LM",
)


def learner() -> Any:
    """Return a model with adapters, the same each time."""
    torch.manual_seed(0)
    model = LlamaForCausalLM(SIZES).double()
    return peft.get_peft_model(model, ADAPTERS).double()


def text(rows: int = 16, length: int = 12) -> Any:
    """Return rows of random tokens, the same each time."""
    draws = torch.Generator().manual_seed(1)
    shape = (rows, length)
    return torch.randint(64, shape, generator=draws)


def run(batch: int) -> tuple[Any, list[float], int]:
    """Train once through the text, `batch` rows a process.

    Return the model, the losses, and how many processes
    there were.
    """
    accelerator = Accelerator()
    model = learner()
    optimizer = torch.optim.AdamW(
        (p for p in model.parameters() if p.requires_grad),
        lr=1e-2,
    )
    loader = DataLoader(text(), batch_size=batch)
    # Gradients are averaged over the processes, and batches
    # are dealt out among them.
    model = accelerator.prepare(model)
    optimizer = accelerator.prepare(optimizer)
    loader = accelerator.prepare(loader)
    losses = []
    for rows in loader:
        loss = model(input_ids=rows, labels=rows).loss
        accelerator.backward(loss)
        optimizer.step()
        optimizer.zero_grad()
        mean = accelerator.reduce(loss.detach(), "mean")
        losses.append(float(mean))
    plain = accelerator.unwrap_model(model)
    return plain, losses, accelerator.num_processes


def main() -> None:
    """Train, and let one of the processes tell and save."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    model, losses, processes = run(options.batch)
    if not Accelerator().is_main_process:
        return
    print(f"processes: {processes}")
    print(f"rows a step: {processes * options.batch}")
    print("losses:", *(f"{loss:.6f}" for loss in losses))
    if options.folder:
        model.save_pretrained(options.folder)


if __name__ == "__main__":
    main()
