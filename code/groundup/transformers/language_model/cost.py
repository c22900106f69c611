"""What a language model costs: numbers, bytes and operations, from its sizes."""

from __future__ import annotations

from groundup.pretrained.smollm2 import Config


def parameters(config: Config) -> int:
    """Return N, how many numbers were learned; the tied embedding counts once.

    Formula `language_model.parameters`.
    """
    width, layer_norms = config.width, 2 * config.width
    attention = 2 * width**2 + 2 * width * config.kv_width
    feed_forward = 3 * width * config.hidden
    layer = attention + feed_forward + layer_norms
    return config.vocabulary * width + config.layers * layer + width


def kv_cache_bytes(config: Config, tokens: int, each: int = 4) -> int:
    """Return the bytes of all keys and values of `tokens` tokens, `each` a number.

    Formula `language_model.kv_cache_bytes`.
    """
    return 2 * config.layers * config.kv_width * tokens * each


def flops(config: Config, context: int) -> int:
    """Return the operations of one token that sees `context` tokens, itself included.

    Formula `language_model.flops`. A multiplication and an addition for each weight of
    a matrix, and for each entry of the keys and values that every head reads. Norms,
    rotations and the softmax are left out: they are less than a hundredth.
    """
    width = config.width
    matrices = 2 * width**2 + 2 * width * config.kv_width + 3 * width * config.hidden
    attention = 2 * width * context
    layer = matrices + attention
    return 2 * (config.layers * layer + width * config.vocabulary)
