"""Adapting a real language model: LoRA by hand, texts to learn from, and preferences.

`Lora(LanguageModel.smollm2())` has thin matrices that learn, beside frozen weights.
"""

from .adapters import load as load_adapters
from .adapters import save as save_adapters
from .config import MATRICES, LoraConfig, Place, parameters, places, shapes
from .decoding import generate_batch
from .layers import (
    adapted_linear_backward,
    adapted_linear_forward,
    gated_backward,
    gated_forward,
    rms_norm_backward,
    rms_norm_forward,
)
from .lora import Lora, merged
from .packing import Example, Rows, pack, pad_each
from .requests import Request, Requests, example, prompt, requests
from .scoring import Score, score, wilson_interval
from .training import PLAN, train

__all__ = [
    "MATRICES",
    "PLAN",
    "Example",
    "Lora",
    "LoraConfig",
    "Place",
    "Request",
    "Requests",
    "Rows",
    "Score",
    "adapted_linear_backward",
    "adapted_linear_forward",
    "example",
    "gated_backward",
    "gated_forward",
    "generate_batch",
    "load_adapters",
    "merged",
    "pack",
    "pad_each",
    "parameters",
    "places",
    "prompt",
    "requests",
    "rms_norm_backward",
    "rms_norm_forward",
    "save_adapters",
    "score",
    "shapes",
    "train",
    "wilson_interval",
]
