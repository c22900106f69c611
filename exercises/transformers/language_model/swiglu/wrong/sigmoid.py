"""
misconception: opens the gate by σ(z) alone
fails: test_the_example_of_the_task
message: >
  Your gate is σ(z), between 0 and 1. SiLU is z·σ(z): the number itself times
  that share of it.
"""

import numpy as np


def swiglu(x, gate, up, down):
    z = x @ gate
    with np.errstate(over="ignore"):
        share = 1 / (1 + np.exp(-z))
    return (share * (x @ up)) @ down
