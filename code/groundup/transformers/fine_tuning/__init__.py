"""Adapting a real language model: LoRA by hand, texts to learn from, and preferences.

`Lora(LanguageModel.smollm2())` has thin matrices that learn, beside frozen weights.
"""

from .adapters import load as load_adapters
from .adapters import save as save_adapters
from .config import MATRICES, LoraConfig, Place, parameters, places, shapes
from .decoding import generate_batch
from .factbook import Request, Requests, example, prompt, requests
from .layers import (
    adapted_linear_backward,
    adapted_linear_forward,
    gated_backward,
    gated_forward,
    rms_norm_backward,
    rms_norm_forward,
)
from .lora import Lora, merged
from .optimum import optimal_policy, relative_entropy
from .packing import Example, Rows, pack, pad_each
from .preferences import (
    DPO_PLAN,
    Dpo,
    Judgment,
    Pairs,
    dpo_loss,
    judge,
    kl_divergence,
    pairs,
    sample_names,
    train_dpo,
)
from .rank import kept, nearest_of_rank
from .scoring import Score, score, wilson_interval
from .training import PLAN, train

__all__ = [
    "DPO_PLAN",
    "MATRICES",
    "PLAN",
    "Dpo",
    "Example",
    "Judgment",
    "Lora",
    "LoraConfig",
    "Pairs",
    "Place",
    "Request",
    "Requests",
    "Rows",
    "Score",
    "adapted_linear_backward",
    "adapted_linear_forward",
    "dpo_loss",
    "example",
    "gated_backward",
    "gated_forward",
    "generate_batch",
    "judge",
    "kept",
    "kl_divergence",
    "load_adapters",
    "merged",
    "nearest_of_rank",
    "optimal_policy",
    "pack",
    "pad_each",
    "pairs",
    "parameters",
    "places",
    "prompt",
    "relative_entropy",
    "requests",
    "rms_norm_backward",
    "rms_norm_forward",
    "sample_names",
    "save_adapters",
    "score",
    "shapes",
    "train",
    "train_dpo",
    "wilson_interval",
]
