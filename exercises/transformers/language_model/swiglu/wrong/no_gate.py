"""
misconception: leaves the gate out
fails: test_the_example_of_the_task
message: >
  You do not use `gate`: SiLU acts on the values themselves. Here there is a second
  product, x times `gate`, and it is this one that goes through SiLU.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return silu(x @ up) @ down
