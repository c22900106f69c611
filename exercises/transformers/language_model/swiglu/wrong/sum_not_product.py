"""
misconception: adds the gate to the values
fails: test_the_example_of_the_task
message: >
  You add the gate to the values. A gate opens and closes: it multiplies them, entry by
  entry.
"""

import numpy as np


def silu(z):
    with np.errstate(over="ignore"):
        return z / (1 + np.exp(-z))


def swiglu(x, gate, up, down):
    return (silu(x @ gate) + x @ up) @ down
