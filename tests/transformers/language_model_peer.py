"""transformers' Llama with the book's weights, and prompts for both of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from groundup.pretrained.smollm2 import Config
from transformers import LlamaConfig, LlamaForCausalLM

PROMPTS = [
    "The capital of France is",
    "Penguins live in",
    "Water boils at",
    "def fibonacci(n):\n    ",
    "Once upon a time, in a village by the sea,",
    "The three laws of motion are",
    "1, 1, 2, 3, 5, 8,",
    "Dear Professor Noether,\n\n",
    "A list of colors: red, green,",
    "The opposite of hot is",
    "In 1905, Albert Einstein",
    "SELECT name FROM",
    "Le chat est",
    "Q: What is 7 times 8?\nA:",
    "The best way to learn mathematics is",
    "To make a cup of tea, first",
    "<html>\n<head>",
    "Gradient descent is",
    "Roses are red,",
    "It was the year 2300, and",
]


def peer_config(config: Config, implementation: str = "sdpa") -> LlamaConfig:
    """Return the sizes as transformers wants them."""
    return LlamaConfig(
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
        attn_implementation=implementation,
    )


def peer(config: Config, weights: Mapping[str, Any]) -> LlamaForCausalLM:
    """Return transformers' model with these weights, in its own layout (out, in)."""
    wide = config.width
    state = {
        "model.embed_tokens.weight": weights["embedding"].T,
        "lm_head.weight": weights["embedding"].T,
        "model.norm.weight": weights["norm"],
    }
    for k in range(config.layers):
        at = f"model.layers.{k}."
        ends = [wide, wide + config.kv_width]
        q, key, value = np.split(weights[f"{k}.qkv"], ends, axis=1)
        gate, up = np.split(weights[f"{k}.gate_up"], 2, axis=1)
        state |= {
            f"{at}self_attn.q_proj.weight": q.T,
            f"{at}self_attn.k_proj.weight": key.T,
            f"{at}self_attn.v_proj.weight": value.T,
            f"{at}self_attn.o_proj.weight": weights[f"{k}.output"].T,
            f"{at}mlp.gate_proj.weight": gate.T,
            f"{at}mlp.up_proj.weight": up.T,
            f"{at}mlp.down_proj.weight": weights[f"{k}.down"].T,
            f"{at}input_layernorm.weight": weights[f"{k}.attention_norm"],
            f"{at}post_attention_layernorm.weight": weights[f"{k}.feed_forward_norm"],
        }
    model = LlamaForCausalLM(peer_config(config))
    model.load_state_dict(
        {name: torch.from_numpy(np.array(array)) for name, array in state.items()}
    )
    return model.eval()
