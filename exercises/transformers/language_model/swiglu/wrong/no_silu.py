"""
misconception: leaves SiLU out
fails: test_the_example_of_the_task
message: >
  You multiply the two products without SiLU. What `gate` makes of x has to go through
  z·σ(z) before it is multiplied, or nothing is ever closed.
"""

import numpy as np


def swiglu(x, gate, up, down):
    return ((x @ gate) * (x @ up)) @ down
