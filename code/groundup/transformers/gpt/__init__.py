"""A GPT in NumPy: layers with gradients by hand, the model, and its training."""

from .layers import (
    cross_entropy_backward,
    cross_entropy_forward,
    gelu_backward,
    gelu_forward,
    layer_norm_backward,
    layer_norm_forward,
    linear_backward,
    linear_forward,
    tied_embedding_backward,
)
from .model import (
    GPT,
    Config,
    block_backward,
    block_forward,
    parameters,
    residual_std,
    shapes,
)
from .training import (
    AdamW,
    Plan,
    decode,
    encode,
    learning_rate,
    sample,
    table,
    train,
)

__all__ = [
    "GPT",
    "AdamW",
    "Config",
    "Plan",
    "block_backward",
    "block_forward",
    "cross_entropy_backward",
    "cross_entropy_forward",
    "decode",
    "encode",
    "gelu_backward",
    "gelu_forward",
    "layer_norm_backward",
    "layer_norm_forward",
    "learning_rate",
    "linear_backward",
    "linear_forward",
    "parameters",
    "residual_std",
    "sample",
    "shapes",
    "table",
    "tied_embedding_backward",
    "train",
]
