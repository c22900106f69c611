"""
misconception: leaves the values out
fails: test_the_example_of_the_task
message: >
  You send the gate itself on to `down`. It has to be multiplied, entry by entry, by the
  values, x times `up`.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return silu(x @ gate) @ down
