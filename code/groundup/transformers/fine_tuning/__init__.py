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

__all__ = [
    "MATRICES",
    "Example",
    "Lora",
    "LoraConfig",
    "Place",
    "Rows",
    "adapted_linear_backward",
    "adapted_linear_forward",
    "gated_backward",
    "gated_forward",
    "generate_batch",
    "load_adapters",
    "merged",
    "pack",
    "pad_each",
    "parameters",
    "places",
    "rms_norm_backward",
    "rms_norm_forward",
    "save_adapters",
    "shapes",
]
