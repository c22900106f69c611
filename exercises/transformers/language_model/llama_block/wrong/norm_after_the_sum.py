"""
misconception: norms the stream after the layer
fails: test_the_example_of_the_task
message: >
  You norm the sum. Then nothing goes through the block unchanged. The norm belongs to
  the layer: it is applied to what the layer gets, and the stream itself stays as it is.
"""

import numpy as np


def rms_norm(x, gain, eps):
    return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps) * gain


def swiglu(x, gate, up, down):
    z = x @ gate
    with np.errstate(over="ignore"):
        passing = z / (1 + np.exp(-z))
    return (passing * (x @ up)) @ down


def llama_block(x, read, output, gain, gate, up, down, eps):
    h = x + read @ output
    return rms_norm(h + swiglu(h, gate, up, down), gain, eps)
