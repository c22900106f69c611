"""Attention: every position asks, and mixes what the others answer.

A query that may see nothing gets nothing: weights, output and gradients are 0.
Arrays of float32 stay float32.
"""

from .dot_product import (
    AttentionCache,
    attention_backward,
    attention_forward,
    operations,
    scaled_dot_product_attention,
    score_variance,
)
from .heads import MultiHeadAttention, merge_heads, split_heads
from .masks import Mask, causal_mask
from .weights import softmax, softmax_backward, softmax_jacobian

__all__ = [
    "AttentionCache",
    "Mask",
    "MultiHeadAttention",
    "attention_backward",
    "attention_forward",
    "causal_mask",
    "merge_heads",
    "operations",
    "scaled_dot_product_attention",
    "score_variance",
    "softmax",
    "softmax_backward",
    "softmax_jacobian",
    "split_heads",
]
