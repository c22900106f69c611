"""
misconception: multiplies first and applies SiLU to the product
fails: test_the_example_of_the_task
message: >
  You multiply the two first and send the product through SiLU. The gate comes first:
  SiLU acts on what `gate` makes of x, and the result is multiplied by the values.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return silu((x @ gate) * (x @ up)) @ down
