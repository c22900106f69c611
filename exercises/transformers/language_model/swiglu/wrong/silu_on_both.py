"""
misconception: sends both products through SiLU
fails: test_the_example_of_the_task
message: >
  Both products go through SiLU in your layer. Only what `gate` makes of x does; the
  values of `up` keep their size and sign.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return (silu(x @ gate) * silu(x @ up)) @ down
