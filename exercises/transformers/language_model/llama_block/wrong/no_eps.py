"""
misconception: leaves out eps
fails: test_a_stream_that_becomes_zero
slip: true
message: >
  Your norm has no eps. Without it a vector of zeros is divided by zero, and a quiet one
  is made louder than it should be: eps is added to the mean of the squares.
"""

import numpy as np


def rms_norm(x, gain):
    with np.errstate(invalid="ignore"):
        return x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True)) * gain


def swiglu(x, gate, up, down):
    z = x @ gate
    with np.errstate(over="ignore"):
        passing = z / (1 + np.exp(-z))
    return (passing * (x @ up)) @ down


def llama_block(x, read, output, gain, gate, up, down, eps):
    h = x + read @ output
    return h + swiglu(rms_norm(h, gain), gate, up, down)
