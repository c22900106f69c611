"""
misconception: puts the norm in the place of the stream
fails: test_silent_branches_leave_the_stream
message: >
  You add what each branch found to the normed stream. The norm is the beginning of a
  branch and belongs to it alone: keep it under another name, and add to the stream as
  it was.
"""

import numpy as np


def layer_norm(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    centered = x - np.mean(x, axis=1, keepdims=True)
    std = np.sqrt(np.mean(centered**2, axis=1, keepdims=True) + 1e-5)
    return centered / std * weight + bias


def gelu(x: np.ndarray) -> np.ndarray:
    return x / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))


def block(x: np.ndarray, w: dict[str, np.ndarray], heads: int) -> np.ndarray:
    length, width = x.shape
    x = layer_norm(x, w["ln_1.weight"], w["ln_1.bias"])
    qkv = x @ w["attn.c_attn.weight"] + w["attn.c_attn.bias"]
    q, k, v = (
        part.reshape(length, heads, width // heads).swapaxes(0, 1)
        for part in np.split(qkv, 3, axis=1)
    )
    scores = q @ k.swapaxes(1, 2) / np.sqrt(width // heads)
    scores = np.where(np.tri(length) == 1, scores, -np.inf)
    powers = np.exp(scores - np.max(scores, axis=2, keepdims=True))
    read = powers / np.sum(powers, axis=2, keepdims=True) @ v
    found = read.swapaxes(0, 1).reshape(length, width)
    told = x + found @ w["attn.c_proj.weight"] + w["attn.c_proj.bias"]
    told = layer_norm(told, w["ln_2.weight"], w["ln_2.bias"])
    wide = gelu(told @ w["mlp.c_fc.weight"] + w["mlp.c_fc.bias"])
    return told + wide @ w["mlp.c_proj.weight"] + w["mlp.c_proj.bias"]
