"""
misconception: subtracts the mean, as a layer norm does
fails: test_the_example_of_the_task
message: >
  You subtract the mean before you divide. That is a layer norm, as in GPT-2. A Llama
  divides by the root of the mean of the squares and subtracts nothing.
"""

import numpy as np


def rms_norm(x, gain, eps):
    x = x - np.mean(x, axis=-1, keepdims=True)
    return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps) * gain


def swiglu(x, gate, up, down):
    z = x @ gate
    with np.errstate(over="ignore"):
        passing = z / (1 + np.exp(-z))
    return (passing * (x @ up)) @ down


def llama_block(x, read, output, gain, gate, up, down, eps):
    h = x + read @ output
    return h + swiglu(rms_norm(h, gain, eps), gate, up, down)
