"""
misconception: adds the layer's answer to the normed stream
fails: test_the_example_of_the_task
message: >
  You add the layer's answer to the normed stream. Only the layer gets the
  norm: keep it under another name, and add to the stream as it was.
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
    h = rms_norm(h, gain, eps)
    return h + swiglu(h, gate, up, down)
