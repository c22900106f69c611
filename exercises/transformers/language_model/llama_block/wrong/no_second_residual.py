"""
misconception: returns the layer's answer alone
fails: test_the_example_of_the_task
message: >
  You return what the layer says and drop the stream it was asked about. Add the answer
  to that stream.
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
    return swiglu(rms_norm(h, gain, eps), gate, up, down)
