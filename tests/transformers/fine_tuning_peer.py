"""peft's LoRA on transformers' Llama, with the same frozen weights and adapters."""

from __future__ import annotations

from typing import Any

import numpy as np
import peft
import torch
from groundup.transformers.fine_tuning import Lora, Rows

from .language_model_peer import peer as llama

MODULES = {
    "q": "self_attn.q_proj",
    "k": "self_attn.k_proj",
    "v": "self_attn.v_proj",
    "o": "self_attn.o_proj",
    "gate": "mlp.gate_proj",
    "up": "mlp.up_proj",
    "down": "mlp.down_proj",
}


def peer(lora: Lora, dtype: Any = torch.float32) -> peft.PeftModel:
    """Return peft's model with the frozen weights and the adapters of ours."""
    base = llama(lora.model.config, lora.model.weights).to(dtype)
    config = peft.LoraConfig(
        r=lora.config.rank,
        lora_alpha=lora.config.alpha,
        target_modules=[MODULES[m].split(".")[1] for m in lora.config.matrices],
        task_type="CAUSAL_LM",
    )
    model = peft.get_peft_model(base, config).to(dtype)
    for name, array in lora.parameters.items():
        with torch.no_grad():
            weight(model, name).copy_(torch.from_numpy(array.T.copy()))
    return model


def weight(model: peft.PeftModel, name: str) -> torch.nn.Parameter:
    """Return the matrix of peft's that has our name; it is (out, in)."""
    layer, matrix, part = name.split(".")
    module = f"base_model.model.model.layers.{layer}.{MODULES[matrix]}"
    return model.get_parameter(f"{module}.lora_{part}.default.weight")


def loss(model: peft.PeftModel, rows: Rows, *, where_counted: bool = False) -> Any:
    """Return the mean cross-entropy of packed rows, with our masks and positions."""
    mask = torch.tensor(rows.mask)[:, None]
    mask = mask | torch.eye(mask.shape[-1], dtype=torch.bool)  # pads see themselves
    given = {"attention_mask": mask, "position_ids": torch.tensor(rows.positions)}
    ids, targets = torch.tensor(rows.ids), torch.tensor(rows.targets)
    return plain_loss(model, ids, targets, where_counted=where_counted, **given)


def plain_loss(
    model: peft.PeftModel,
    ids: torch.Tensor,
    targets: torch.Tensor,
    *,
    where_counted: bool = False,
    **given: Any,
) -> Any:
    """Return the mean cross-entropy of the targets that are not −1, as torch forms it.

    peft as it is forms the logits of all tokens. `where_counted` forms those alone
    whose target counts, as ours does.
    """
    targets = targets.reshape(-1)
    if where_counted:
        inner = model.base_model.model
        x = inner.model(ids, **given).last_hidden_state
        x = x.reshape(len(targets), -1)[targets >= 0]
        logits, targets = inner.lm_head(x), targets[targets >= 0]
    else:
        logits = model(input_ids=ids, **given).logits.reshape(len(targets), -1)
    return torch.nn.functional.cross_entropy(logits, targets, ignore_index=-1)


def gradients(model: peft.PeftModel, lora: Lora) -> dict[str, np.ndarray]:
    """Return the gradients that torch has formed, by our names and (in, out)."""
    found = {name: weight(model, name).grad for name in lora.parameters}
    return {name: grad.numpy().T for name, grad in found.items() if grad is not None}
