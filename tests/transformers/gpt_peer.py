"""The same GPT twice more: in plain PyTorch, to train, and transformers' GPT-2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from groundup.transformers.gpt import Config, Plan, learning_rate
from torch import Tensor, nn
from torch.nn import functional
from transformers import GPT2Config, GPT2LMHeadModel


class Block(nn.Module):
    """A block of GPT-2; its linear layers are (out, in)."""

    def __init__(self, d: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.ln_1, self.ln_2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = nn.ModuleDict(
            {"c_attn": nn.Linear(d, 3 * d), "c_proj": nn.Linear(d, d)}
        )
        self.mlp = nn.ModuleDict(
            {"c_fc": nn.Linear(d, 4 * d), "c_proj": nn.Linear(4 * d, d)}
        )

    def forward(self, x: Tensor) -> Tensor:
        B, T, d = x.shape
        parts = self.attn["c_attn"](self.ln_1(x)).split(d, dim=2)
        q, k, v = (p.view(B, T, self.heads, -1).transpose(1, 2) for p in parts)
        read = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attn["c_proj"](read.transpose(1, 2).reshape(B, T, d))
        wide = functional.gelu(self.mlp["c_fc"](self.ln_2(x)), approximate="tanh")
        return x + self.mlp["c_proj"](wide)


class Peer(nn.Module):
    """A GPT as one writes it in PyTorch."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        d = config.width
        self.wte = nn.Embedding(config.vocabulary, d)
        self.wpe = nn.Embedding(config.context, d)
        self.h = nn.ModuleList(Block(d, config.heads) for _ in range(config.layers))
        self.ln_f = nn.LayerNorm(d)

    def forward(self, ids: Tensor, targets: Tensor) -> Tensor:
        x = self.wte(ids) + self.wpe.weight[: ids.shape[1]]
        for block in self.h:
            x = block(x)
        logits = self.ln_f(x) @ self.wte.weight.T
        flat = logits.view(-1, logits.shape[-1])
        return functional.cross_entropy(flat, targets.view(-1), ignore_index=-1)


def turned(name: str) -> bool:
    """Return whether PyTorch holds a parameter as (out, in)."""
    return ".c_" in name and name.endswith("weight")


def peer(
    config: Config, weights: Mapping[str, Any], dtype: Any = torch.float32
) -> Peer:
    """Return the PyTorch model with these weights."""
    model = Peer(config).to(dtype)
    state = {
        name: torch.tensor(np.asarray(array).T if turned(name) else np.asarray(array))
        for name, array in weights.items()
    }
    model.load_state_dict(state)
    return model


def optimizer(model: Peer, rate: float, decay: float) -> torch.optim.AdamW:
    """Return PyTorch's AdamW, with decay for matrices and tables alone."""
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim == 1]
    groups = [
        {"params": matrices, "weight_decay": decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.99), fused=True)


def gpt2(config: Config, weights: Mapping[str, Any]) -> GPT2LMHeadModel:
    """Return transformers' GPT-2 of the same sizes with these weights."""
    model = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=config.vocabulary,
            n_positions=config.context,
            n_embd=config.width,
            n_layer=config.layers,
            n_head=config.heads,
            bos_token_id=0,
            eos_token_id=0,
        )
    ).eval()
    state = {
        f"transformer.{k}": torch.tensor(np.asarray(a)) for k, a in weights.items()
    }
    state["lm_head.weight"] = state["transformer.wte.weight"]
    model.load_state_dict(state)
    return model


def losses(
    config: Config, weights: Mapping[str, Any], ids: Any, targets: Any, plan: Plan
) -> list[float]:
    """Train the PyTorch model as `groundup.transformers.gpt.train` does ours."""
    model = peer(config, weights)
    steps = optimizer(model, plan.peak, plan.decay)
    rng = np.random.default_rng(plan.seed)
    found = []
    for step in range(plan.steps):
        rows = rng.integers(len(ids), size=plan.batch)
        for group in steps.param_groups:
            group["lr"] = learning_rate(step, plan.steps, plan.peak, plan.warmup)
        steps.zero_grad()
        loss = model(torch.tensor(ids[rows]), torch.tensor(targets[rows]))
        loss.backward()
        steps.step()
        found.append(loss.item())
    return found
