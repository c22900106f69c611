"""Fine-tuning beside the library: three steps with peft, and all weights in PyTorch."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import peft
import torch
from transformers import LlamaConfig, LlamaForCausalLM

from groundup.pretrained.smollm2 import Config
from groundup.transformers.fine_tuning import Lora, LoraConfig, Rows, train
from groundup.transformers.fine_tuning.adapters import MODULES
from groundup.transformers.fine_tuning.config import MATRICES
from groundup.transformers.fine_tuning.experiments import (
    RATE,
    examples,
    judged,
    model,
    packed,
    parts,
)
from groundup.transformers.fine_tuning.training import BETAS, batches
from groundup.transformers.gpt import Plan, learning_rate
from groundup.transformers.gpt.layers import IGNORED
from groundup.transformers.language_model import LanguageModel

Llama = Any
FUSED = {
    "qkv": ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
    "output": ("self_attn.o_proj",),
    "gate_up": ("mlp.gate_proj", "mlp.up_proj"),
    "down": ("mlp.down_proj",),
}
NORMS = {
    "attention_norm": "input_layernorm",
    "feed_forward_norm": "post_attention_layernorm",
}


def named(config: Config) -> dict[str, tuple[str, ...]]:
    """Return the names that transformers has for each of our arrays but the embedding.

    Theirs are (out, in), and several of them stand side by side in one of ours.
    """
    found: dict[str, tuple[str, ...]] = {"norm": ("model.norm.weight",)}
    for layer in range(config.layers):
        at = f"model.layers.{layer}."
        for ours, theirs in FUSED.items():
            found[f"{layer}.{ours}"] = tuple(f"{at}{name}.weight" for name in theirs)
        for ours, name in NORMS.items():
            found[f"{layer}.{ours}"] = (f"{at}{name}.weight",)
    return found


def llama(config: Config, weights: Mapping[str, Any]) -> Llama:
    """Return transformers' model with these weights."""
    sizes = LlamaConfig(
        vocab_size=config.vocabulary,
        hidden_size=config.width,
        intermediate_size=config.hidden,
        num_hidden_layers=config.layers,
        num_attention_heads=config.heads,
        num_key_value_heads=config.kv_heads,
        max_position_embeddings=8192,
        rms_norm_eps=config.eps,
        rope_parameters={"rope_type": "default", "rope_theta": config.theta},
        tie_word_embeddings=True,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    found = LlamaForCausalLM(sizes)
    with torch.no_grad():
        embedding = torch.from_numpy(np.array(weights["embedding"].T))
        found.get_parameter("model.embed_tokens.weight").copy_(embedding)
        for ours, theirs in named(config).items():
            whole = torch.from_numpy(np.array(weights[ours].T))
            places = [found.get_parameter(name) for name in theirs]
            for place, part in zip(
                places, whole.split([len(p) for p in places]), strict=True
            ):
                place.copy_(part)
    return found


def back(theirs: Llama, config: Config) -> LanguageModel:
    """Return our model with the weights of theirs."""

    def array(names: tuple[str, ...]) -> Any:
        parts = [theirs.get_parameter(name).detach().numpy() for name in names]
        return np.ascontiguousarray(np.concatenate(parts).T)

    weights = {ours: array(names) for ours, names in named(config).items()}
    weights["embedding"] = array(("model.embed_tokens.weight",))
    return LanguageModel(config, weights)


def loss(theirs: Llama, rows: Rows) -> Any:
    """Return the mean cross-entropy of packed rows, with our masks and positions."""
    mask = torch.tensor(rows.mask)[:, None]
    mask = mask | torch.eye(mask.shape[-1], dtype=torch.bool)  # pads see themselves
    logits = theirs(
        input_ids=torch.tensor(rows.ids),
        attention_mask=mask,
        position_ids=torch.tensor(rows.positions),
    ).logits
    targets = torch.tensor(rows.targets).reshape(-1)
    flat = logits.reshape(len(targets), -1)
    return torch.nn.functional.cross_entropy(flat, targets, ignore_index=IGNORED)


def steps_taken(theirs: Llama, rows: Rows, plan: Plan) -> list[float]:
    """Train what is not frozen with torch's AdamW as we do; return the losses."""
    learned = [p for p in theirs.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=1.0, betas=BETAS, weight_decay=0.0)
    losses = []
    for step, chosen in zip(range(plan.steps), batches(len(rows), plan), strict=False):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, plan.steps, plan.peak, plan.warmup)
        optimizer.zero_grad()
        value = loss(theirs, rows[chosen])
        value.backward()
        optimizer.step()
        losses.append(round(float(value), 6))
    return losses


def beside_peft(*, steps: int, rate: float) -> dict[str, Any]:
    """Return the losses of a few steps, ours and peft's, from the same adapters.

    The warmup is one step, so that the second and third have something to tell.
    """
    torch.set_num_threads(1)
    rows = packed(examples(parts().training))
    plan = Plan(steps=steps, batch=1, peak=rate, warmup=1, decay=0.0)
    lora = Lora(model(), LoraConfig(8, 16, MATRICES))
    config = peft.LoraConfig(
        r=8,
        lora_alpha=16,
        target_modules=[MODULES[m].split(".")[1] for m in MATRICES],
        task_type="CAUSAL_LM",
    )
    theirs = peft.get_peft_model(llama(model().config, model().weights), config)
    with torch.no_grad():
        for name, array in lora.parameters.items():
            layer, matrix, part = name.split(".")
            at = f"base_model.model.model.layers.{layer}.{MODULES[matrix]}"
            weight = theirs.get_parameter(f"{at}.lora_{part}.default.weight")
            weight.copy_(torch.from_numpy(array.T.copy()))
    expected = steps_taken(theirs, rows, plan)
    ours = [round(float(value), 6) for value in train(lora, rows, plan)]
    return {"ours": ours, "peft": expected}


def full(*, steps: int, rate: float, seed: int = 0) -> dict[str, Any]:
    """Return what becomes of the model where all of its weights learn."""
    torch.set_num_threads(1)
    config, rows = model().config, packed(examples(parts().training))
    theirs = llama(config, model().weights)
    plan = Plan(steps=steps, batch=1, peak=rate, warmup=4, decay=0.0, seed=seed)
    begun = time.process_time()
    losses = steps_taken(theirs, rows, plan)
    seconds = round(time.process_time() - begun, 1)
    changed = back(theirs, config)
    del theirs
    chosen = judged(changed, parts().choosing)
    found = judged(changed) | {"losses": losses, "seconds": seconds}
    learned = sum(array.size for array in changed.weights.values())
    return found | {"parameters": learned, "choosing": chosen["exact"]}


BESIDE = {
    "beside_peft": partial(beside_peft, steps=3, rate=RATE),
    "full": [partial(full, steps=20, rate=rate) for rate in (1e-4, 3e-4)],
}
