"""
misconception: exchanges gate and up
fails: test_the_example_of_the_task
message: >
  You exchange `gate` and `up`: SiLU acts on the values. It belongs to what `gate` makes
  of x, and what `up` makes of it goes in unchanged.
"""

import numpy as np


def swiglu(x, gate, up, down):
    z = x @ up
    with np.errstate(over="ignore"):
        passing = z / (1 + np.exp(-z))
    return (passing * (x @ gate)) @ down
