"""
misconception: sets what is negative to 0
fails: test_the_example_of_the_task
message: >
  Your gate is 0 for everything negative and z otherwise. That is ReLU. SiLU is smooth:
  of −2 it still leaves −0.2384, and of 2 not all.
"""

import numpy as np


def swiglu(x, gate, up, down):
    return (np.maximum(x @ gate, 0) * (x @ up)) @ down
