"""
misconception: computes σ(z) as e^z / (1 + e^z)
fails: test_a_thousand_to_either_side
slip: true
message: >
  You compute σ(z) as e^z / (1 + e^z). For z = 1000 both are infinite, and infinity over
  infinity is nan. In the form 1 / (1 + e^(−z)) the worst that happens is 1 over
  infinity, and that is 0.
"""

import numpy as np


def swiglu(x, gate, up, down):
    z = x @ gate
    with np.errstate(all="ignore"):
        passing = z * np.exp(z) / (1 + np.exp(z))
        return (passing * (x @ up)) @ down
