"""
misconception: adds the layer's answer to the stream as it came in
fails: test_the_example_of_the_task
message: >
  You add the layer's answer to x. What the heads read is then gone from the stream: the
  second sum starts from the result of the first.
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
    return x + swiglu(rms_norm(h, gain, eps), gate, up, down)
