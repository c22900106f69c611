"""
misconception: multiplies by the transpose of down
fails: test_the_example_of_the_task
message: >
  You transpose `down`. It has shape (h, d), h rows for the h numbers that passed, and
  takes part as it is.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return (silu(x @ gate) * (x @ up)) @ down.T
