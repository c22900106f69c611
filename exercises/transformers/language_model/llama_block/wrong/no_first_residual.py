"""
misconception: puts what was read in the place of the stream
fails: test_the_example_of_the_task
message: >
  What the heads read takes the place of the stream in your block, so the token itself
  is lost. Add it to x.
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
    h = read @ output
    return h + swiglu(rms_norm(h, gain, eps), gate, up, down)
