"""A real language model in NumPy: the model, the rules of sampling, the talk, the cost.

`LanguageModel.smollm2()` is SmolLM2-135M-Instruct; `Conversation` talks with it.
"""

from .chat import Conversation, generate
from .cost import flops, kv_cache_bytes, parameters
from .model import (
    Cache,
    LanguageModel,
    Layer,
    Parts,
    angles,
    attend,
    rms_norm,
    rotate,
    rotation,
    silu,
    softmax,
    swiglu,
    update_stream,
)
from .sampling import (
    filtered,
    greedy,
    min_p,
    probabilities,
    sampler,
    temperature,
    top_k,
    top_p,
)

__all__ = [
    "Cache",
    "Conversation",
    "LanguageModel",
    "Layer",
    "Parts",
    "angles",
    "attend",
    "filtered",
    "flops",
    "generate",
    "greedy",
    "kv_cache_bytes",
    "min_p",
    "parameters",
    "probabilities",
    "rms_norm",
    "rotate",
    "rotation",
    "sampler",
    "silu",
    "softmax",
    "swiglu",
    "temperature",
    "top_k",
    "top_p",
    "update_stream",
]
