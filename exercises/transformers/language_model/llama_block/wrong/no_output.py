"""
misconception: adds what was read without the matrix output
fails: test_the_example_of_the_task
message: >
  What the heads read is added as it is. It goes through `output` first, which mixes
  what the heads found.
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
    h = x + read
    return h + swiglu(rms_norm(h, gain, eps), gate, up, down)
