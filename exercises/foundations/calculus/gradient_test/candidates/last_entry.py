"""
flaw: its last entry is half of what it should be
escapes: >
  A gradient passed your test whose last entry alone is wrong. Does it look at every
  entry, each compared with its own quotient?
"""

import numpy as np


def gradient(a, x):
    g = np.cos(a @ x) * a + 2 * x
    g[-1] /= 2
    return g
