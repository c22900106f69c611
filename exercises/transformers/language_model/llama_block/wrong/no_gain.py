"""
misconception: leaves out the gain
fails: test_the_example_of_the_task
message: >
  Your norm has no gain. After the division, each entry is multiplied by its own entry
  of `gain`.
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
    return h + swiglu(rms_norm(h, 1, eps), gate, up, down)
