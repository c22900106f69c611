"""
misconception: adds what was read to x itself
fails: test_the_example_of_the_task
message: >
  `x += …` writes into the array you were given, and whoever called your function still
  needs it. `h = x + …` makes a new one.
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
    x += read @ output
    return x + swiglu(rms_norm(x, gain, eps), gate, up, down)
