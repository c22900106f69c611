"""
misconception: norms the layer's answer instead of what it gets
fails: test_the_example_of_the_task
message: >
  The layer gets the stream as it is, and its answer is normed. It is the other way
  round: norm the stream, give that to the layer, and add the answer as it is.
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
    return h + rms_norm(swiglu(h, gate, up, down), gain, eps)
