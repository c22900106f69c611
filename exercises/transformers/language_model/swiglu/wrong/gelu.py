"""
misconception: takes GELU for SiLU
fails: test_the_example_of_the_task
message: >
  Your gate is GELU, the activation of GPT-2. It looks much the same, but this layer was
  trained with SiLU, z·σ(z).
"""

import numpy as np


def swiglu(x, gate, up, down):
    z = x @ gate
    bent = np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))
    return (z / 2 * (1 + bent) * (x @ up)) @ down
