"""
flaw: it is twice the gradient
escapes: >
  Twice the gradient passed your test: it has the right direction and the wrong length.
"""

import numpy as np


def gradient(a, x):
    return 2 * (np.cos(a @ x) * a + 2 * x)
